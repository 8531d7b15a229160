package io.kadenza.host.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.host.Limits;
import io.kadenza.host.internal.yamux.Yamux;
import io.kadenza.host.internal.yamux.YamuxLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionTimersTest {
  private final List<FutureTask<?>> scheduled = new ArrayList<>();
  private final Yamux yamux = new Yamux(false, YamuxLimits.defaults(), System.nanoTime());
  private final OpenStreams streams = new OpenStreams(8, 8);
  private int turns;
  private final ConnectionTimers timers =
      new ConnectionTimers(
          new Clockwork(), yamux, streams, Limits.defaults(), () -> turns++, () -> {});

  /// Tasks wait there like in an event loop, which keeps whatever they refer to.
  private final class Clockwork implements Link {
    @Override
    public Future<?> later(Runnable task, long delay, TimeUnit unit) {
      var later = new FutureTask<>(task, null);
      scheduled.add(later);
      return later;
    }

    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public boolean inLoop() {
      return true;
    }

    @Override
    public boolean writable() {
      return true;
    }

    @Override
    public long held() {
      return 0;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public void drop() {}
  }

  @Test
  void nothingOfAClosedConnectionIsLeftInTheLoop() {
    timers.start();
    timers.watch();
    assertThat(scheduled).hasSize(2);

    timers.stop();
    timers.watch();

    assertThat(scheduled).hasSize(2).allMatch(Future::isCancelled);
  }

  @Test
  void streamsAreLookedOverOnceAtATime() {
    timers.watch();
    timers.watch();
    assertThat(scheduled).hasSize(1);

    scheduled.getFirst().run();
    timers.watch();

    assertThat(scheduled).hasSize(2);
  }

  @Test
  void aPeerInDoubtIsAskedAtOnceAndWaitedForAsLongAsForAKeepAlive() {
    timers.start();
    timers.doubt();

    assertThat(timers.isInDoubt()).isTrue();
    assertThat(turns).as("what was asked is sent").isEqualTo(1);
    assertThat(yamux.output().size()).as("one ping").isEqualTo(12);
    assertThat(scheduled).hasSize(2);
    assertThat(scheduled.getFirst()).isCancelled();

    timers.heard();
    assertThat(timers.isInDoubt()).isFalse();
  }
}
