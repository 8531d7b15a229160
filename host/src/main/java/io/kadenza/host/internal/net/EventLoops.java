package io.kadenza.host.internal.net;

import io.kadenza.machine.Deadline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The threads `kad-loop-N`, one for each processor, among which the connections of a host are
/// dealt. Safe for use by any thread.
public final class EventLoops {
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          Runtime.getRuntime().availableProcessors(),
          new DefaultThreadFactory("kad-loop", true),
          NioIoHandler.newFactory());

  /// Closes also what is added when it is closed.
  private final ChannelGroup sockets =
      new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);

  private volatile boolean ending;

  EventLoopGroup group() {
    return group;
  }

  /// Whether they have been told to end, or soon will be.
  boolean isEnding() {
    return ending;
  }

  /// Where every connection's socket is to be added before it is used: they are closed before the
  /// loops are. A loop that is busy when it is told to end closes none, and no loop closes one that
  /// comes when it has closed the others; nobody would ever hear of these again.
  ChannelGroup sockets() {
    return sockets;
  }

  /// Runs a task in one of the loops once per interval until they end; it must not block.
  public void every(Duration interval, Runnable task) {
    var _ =
        group.scheduleAtFixedRate(
            task, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Ends the loops and waits until they have ended.
  ///
  /// What connections were asked to do before, such as to take their leave, is done when each loop
  /// has had a turn.
  public void close(Deadline deadline) {
    ending = true;
    List<Future<?>> turns = new ArrayList<>();
    group.forEach(loop -> turns.add(loop.submit(() -> {})));
    turns.forEach(turn -> await(turn, deadline));
    await(sockets.close(), deadline);
    long left = deadline.left().toMillis();
    await(group.shutdownGracefully(0, left, TimeUnit.MILLISECONDS), deadline);
  }

  private static void await(Future<?> end, Deadline deadline) {
    end.awaitUninterruptibly(deadline.left().toMillis());
  }
}
