package io.kadenza.gossip.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.gossip.effect.GossipEffect;
import io.kadenza.gossip.engine.GossipInput;
import io.kadenza.machine.Machine;
import io.kadenza.machine.MachineDriver;
import io.kadenza.machine.Now;
import io.kadenza.machine.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EntranceTest {
  private static final int CAPACITY = 4;
  private static final int MAX_BYTES = 100;
  private static final GossipInput FIRST = new GossipInput.Unsubscribe("first");
  private static final GossipInput FLOOD = new GossipInput.Unsubscribe("flood");
  private static final GossipInput OTHER = new GossipInput.Unsubscribe("other");

  private final CountDownLatch busy = new CountDownLatch(1);
  private final CountDownLatch letGo = new CountDownLatch(1);
  private final List<GossipInput> applied = new ArrayList<>();
  private final MachineDriver<GossipInput, GossipEffect> driver =
      MachineDriver.start(
          "test", new Slow(), CAPACITY, MAX_BYTES, TimeSource.system(), _ -> {}, _ -> {});
  private final Entrance entrance = new Entrance(driver);

  /// The one that was started last.
  private volatile Thread last = Thread.currentThread();

  @AfterEach
  void close() {
    letGo.countDown();
    driver.close();
  }

  @Test
  void t27whoFloodsHoldsUpHimselfAndShedsNobodyElse() throws Exception {
    driver.put(FIRST);
    busy.await();
    var flood = CompletableFuture.runAsync(() -> times(2 * CAPACITY, FLOOD), this::start);
    awaitIdle(last);
    var other = CompletableFuture.runAsync(() -> times(1, OTHER), this::start);
    awaitIdle(last);

    letGo.countDown();
    flood.join();
    other.join();

    assertThat(applied).hasSize(2 * CAPACITY + 2).contains(OTHER);
    assertThat(applied.subList(0, 3)).containsExactly(FIRST, FLOOD, OTHER);
  }

  @Test
  void whoIsTooLateDoesNotWait() throws Exception {
    driver.close();

    assertThat(entrance.offer(OTHER, 1)).isFalse();
  }

  private void start(Runnable task) {
    last = Thread.ofPlatform().daemon().start(task);
  }

  private void times(int count, GossipInput input) {
    try {
      for (int i = 0; i < count; i++) {
        entrance.offer(input, 1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Until it waits for the machine, or is through.
  private static void awaitIdle(Thread thread) {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
  }

  /// Stands still at its first input until it is let go.
  private final class Slow implements Machine<GossipInput, GossipEffect> {
    @Override
    public List<GossipEffect> apply(GossipInput input, Now now) {
      applied.add(input);
      busy.countDown();
      try {
        letGo.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return List.of();
    }

    @Override
    public List<GossipEffect> tick(Now now) {
      return List.of();
    }

    @Override
    public OptionalLong deadline() {
      return OptionalLong.empty();
    }
  }
}
