package io.kadenza.host.internal.net;

import io.kadenza.machine.Deadline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The threads `kad-loop-N`, one for each processor, among which the connections of a host are
/// dealt. Safe for use by any thread.
public final class EventLoops {
  private static final Logger LOG = LoggerFactory.getLogger(EventLoops.class);

  private final ThreadFactory factory;
  private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
  private final EventLoopGroup group;

  /// Closes also what is added when it is closed.
  private final ChannelGroup sockets =
      new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);

  private volatile boolean ending;

  public EventLoops() {
    this(new DefaultThreadFactory("kad-loop", true), Runtime.getRuntime().availableProcessors());
  }

  EventLoops(ThreadFactory factory, int loops) {
    this.factory = factory;
    this.group = new Loops(loops);
  }

  private final class Loops extends MultiThreadIoEventLoopGroup {
    Loops(int loops) {
      super(loops, EventLoops.this::start, NioIoHandler.newFactory());
    }

    @Override
    protected IoEventLoop newChild(Executor threads, IoHandlerFactory handlers, Object... none) {
      return new Loop(this, threads, handlers);
    }
  }

  /// A loop that tells nobody of its end: Netty does so on a thread of its own that keeps the JVM
  /// from ending for another second. Who waits for the end waits for the thread.
  private static final class Loop extends SingleThreadIoEventLoop {
    private final Future<?> untold = new DefaultPromise<>(ImmediateEventExecutor.INSTANCE);

    Loop(IoEventLoopGroup parent, Executor threads, IoHandlerFactory handlers) {
      super(parent, threads, handlers);
    }

    @Override
    public Future<?> terminationFuture() {
      return untold;
    }
  }

  private void start(Runnable loop) {
    Thread thread = factory.newThread(loop);
    threads.add(thread);
    thread.start();
  }

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

  /// Whether the calling thread is one of the loops, which must not wait for any of them.
  public boolean isCalling() {
    for (EventExecutor loop : group) {
      if (loop.inEventLoop()) {
        return true;
      }
    }
    return false;
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
    each(loop -> turns.add(loop.submit(() -> {})));
    turns.forEach(turn -> await(turn, deadline));
    await(sockets.close(), deadline);
    long left = deadline.left().toMillis();
    each(loop -> {
      var _ = loop.shutdownGracefully(0, left, TimeUnit.MILLISECONDS);
    });
    threads.forEach(thread -> await(thread, deadline));
  }

  private void each(Consumer<EventExecutor> what) {
    for (EventExecutor loop : group) {
      try {
        what.accept(loop);
      } catch (RuntimeException | Error noThread) {
        // A loop begins with the first thing it is told. One for which there is no thread has
        // nothing to be ended, and must not keep the others.
        LOG.debug("an event loop cannot be told to end", noThread);
      }
    }
  }

  private static void await(Thread thread, Deadline deadline) {
    boolean interrupted = false;
    while (thread.isAlive() && !deadline.isOver()) {
      try {
        var _ = thread.join(deadline.left());
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(Future<?> end, Deadline deadline) {
    end.awaitUninterruptibly(deadline.left().toMillis());
  }
}
