package io.kadenza.host.internal.net;

import io.kadenza.machine.Deadline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
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

  EventLoopGroup group() {
    return group;
  }

  /// Runs a task in one of the loops once per interval until they end; it must not block.
  public void every(Duration interval, Runnable task) {
    var _ =
        group.scheduleAtFixedRate(
            task, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Ends the loops and waits until they have ended.
  ///
  /// A loop that is told to end closes its sockets first. What connections were asked to do before,
  /// such as to take their leave, is done when each loop has had a turn.
  public void close(Deadline deadline) {
    List<Future<?>> turns = new ArrayList<>();
    group.forEach(loop -> turns.add(loop.submit(() -> {})));
    turns.forEach(turn -> await(turn, deadline));
    long left = deadline.left().toMillis();
    await(group.shutdownGracefully(0, left, TimeUnit.MILLISECONDS), deadline);
  }

  private static void await(Future<?> end, Deadline deadline) {
    end.awaitUninterruptibly(deadline.left().toMillis());
  }
}
