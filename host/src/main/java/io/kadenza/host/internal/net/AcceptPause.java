package io.kadenza.host.internal.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Lets a listening socket rest when it cannot accept, for want of file descriptors mostly
/// (EMFILE). The connection stays in the system's queue and the socket stays readable, so whoever
/// tried again at once would do nothing else; whoever closed the socket would be deaf for good.
/// What is the matter is said once, and once more when it is over. Confined to the event loop of
/// one listening socket.
final class AcceptPause extends ChannelInboundHandlerAdapter {
  /// Long enough to cost nothing, and shorter than those in the queue are ready to wait.
  static final Duration PAUSE = Duration.ofSeconds(1);

  private final Duration pause;
  private final Consumer<String> news;
  private boolean isResting;
  private boolean isInTrouble;

  /// @param news takes a line for a person
  AcceptPause(Duration pause, Consumer<String> news) {
    this.pause = pause;
    this.news = news;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!isInTrouble) {
      isInTrouble = true;
      news.accept(
          "no connection can be accepted at "
              + ctx.channel().localAddress()
              + ": "
              + cause.getMessage()
              + "; trying again every "
              + pause.toMillis()
              + " ms (for \"Too many open files\" see ulimit -n)");
    }
    if (!isResting) {
      isResting = true;
      ctx.channel().config().setAutoRead(false);
      var _ = ctx.executor().schedule(() -> goOn(ctx), pause.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void goOn(ChannelHandlerContext ctx) {
    isResting = false;
    ctx.channel().config().setAutoRead(true);
  }

  /// A connection was accepted.
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object connection) {
    if (isInTrouble) {
      isInTrouble = false;
      news.accept("connections are accepted again at " + ctx.channel().localAddress());
    }
    ctx.fireChannelRead(connection);
  }
}
