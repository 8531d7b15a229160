package io.kadenza.kad.internal.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.net.Peers;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.store.MemoryDatabase;
import io.kadenza.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContactKeeperTest {
  private final SplittableRandom random = new SplittableRandom(3);
  private final Holdings holdings =
      DiskHoldings.over(
          Store.over(new MemoryDatabase()),
          KadConfig.DEFAULT,
          random,
          Instant.parse("2026-01-01T00:00:00Z"));

  private List<PeerInfo> peers(int count) {
    return Stream.generate(() -> Peers.info(random)).limit(count).toList();
  }

  /// One whole life of a node that ends up knowing these.
  private void liveKnowing(CompletableFuture<List<PeerInfo>> worthSaving) {
    ContactKeeper.start(holdings, 0, () -> worthSaving).close();
  }

  private void liveKnowing(List<PeerInfo> worthSaving) {
    liveKnowing(CompletableFuture.completedFuture(worthSaving));
  }

  @AfterEach
  void close() {
    holdings.close();
  }

  @Test
  void atTheEndTheBestAreSavedInTheirOrder() {
    List<PeerInfo> known = peers(100);
    liveKnowing(known);
    assertThat(holdings.contacts()).isEqualTo(known);
    List<PeerInfo> later = known.reversed().subList(0, 30);
    liveKnowing(later);
    assertThat(holdings.contacts()).isEqualTo(later);
  }

  @Test
  void whoKnowsFewAtItsEndKeepsSomeOfThoseOfBefore() {
    List<PeerInfo> before = peers(100);
    liveKnowing(before);
    List<PeerInfo> two = List.of(Peers.info(random), before.get(7));
    liveKnowing(two);
    assertThat(holdings.contacts())
        .hasSize(20)
        .doesNotHaveDuplicates()
        .startsWith(two.getFirst(), two.getLast(), before.getFirst());
  }

  @Test
  void whoLostEverybodyKeepsThemOfBefore() {
    List<PeerInfo> before = peers(5);
    liveKnowing(before);
    liveKnowing(List.of());
    assertThat(holdings.contacts()).isEqualTo(before);
  }

  @Test
  void whatTheEngineCannotTellAnyMoreChangesNothing() {
    List<PeerInfo> before = peers(5);
    liveKnowing(before);
    liveKnowing(CompletableFuture.failedFuture(new IllegalStateException("a bug")));
    var cancelled = new CompletableFuture<List<PeerInfo>>();
    cancelled.cancel(false);
    liveKnowing(cancelled);
    assertThat(holdings.contacts()).isEqualTo(before);
  }

  @Test
  void whoKnewNobodyBeforeHasSavedWhomItKnowsLongBeforeAMinuteIsOver() throws Exception {
    List<PeerInfo> known = peers(3);
    var pauses = new SynchronousQueue<Duration>();
    var inTheMiddle =
        ContactKeeper.start(
            holdings, 0, () -> CompletableFuture.completedFuture(known), pauses::put);
    Duration first = pauses.take();
    Duration second = pauses.take();
    assertThat(holdings.contacts()).isEqualTo(known);
    assertThat(first).isEqualTo(Duration.ofSeconds(1));
    assertThat(second).isEqualTo(Duration.ofSeconds(2));
    inTheMiddle.close();
  }

  @Test
  void savesBecomeSeldom() throws Exception {
    var pauses = new SynchronousQueue<Duration>();
    var keeper =
        ContactKeeper.start(
            holdings, 0, () -> CompletableFuture.completedFuture(List.of()), pauses::put);
    var taken = new ArrayList<Duration>();
    for (int i = 0; i < 8; i++) {
      taken.add(pauses.take());
    }
    assertThat(taken.stream().map(Duration::toSeconds))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 600L, 600L);
    keeper.close();
  }

  /// Its first answers are fewer than what it had.
  @Test
  void whoKnewManyWaitsAMinuteBeforeItReplacesThem() throws Exception {
    liveKnowing(peers(20));
    var pauses = new SynchronousQueue<Duration>();
    var keeper =
        ContactKeeper.start(
            holdings, 20, () -> CompletableFuture.completedFuture(peers(1)), pauses::put);
    assertThat(pauses.take()).isEqualTo(Duration.ofMinutes(1));
    assertThat(pauses.take()).isEqualTo(Duration.ofMinutes(10));
    keeper.close();
  }
}
