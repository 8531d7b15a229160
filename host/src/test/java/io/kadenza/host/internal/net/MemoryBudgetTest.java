package io.kadenza.host.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.host.Limits;
import io.kadenza.multiformats.Multiaddr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryBudgetTest {
  private static final int KIB = 1 << 10;
  private static final long MOST = 1024 * KIB;

  /// An even share is 64 KiB.
  private static final int CONNECTIONS = 16;

  private final MemoryBudget budget =
      new MemoryBudget(Limits.defaults().withMaxHeldBytes(MOST).withMaxConnections(CONNECTIONS));

  private final List<String> gaveWay = new ArrayList<>();

  private MemoryBudget.Tally open(int network, String name) {
    return open("203.0.113." + network, name);
  }

  private MemoryBudget.Tally open(String ip, String name) {
    var remote = Multiaddr.parse("/ip4/" + ip + "/tcp/1");
    return budget.open(RemoteNetwork.of(remote), () -> gaveWay.add(name));
  }

  private MemoryBudget.Tally open(int network, String name, int kib) {
    MemoryBudget.Tally tally = open(network, name);
    tally.hold((long) kib * KIB);
    return tally;
  }

  @Test
  void theOneThatHoldsMostGivesWayWhoeverAsks() {
    open(1, "greedy", 700);
    open(2, "modest", 200);

    open(3, "last", 130);

    assertThat(gaveWay).containsExactly("greedy");
    assertThat(budget.held()).isEqualTo(330 * KIB);
  }

  @Test
  void aNetworkIsSeenAsOne() {
    open(1, "crowd a", 200);
    open(1, "crowd b", 300);
    open(1, "crowd c", 150);
    open(2, "alone", 310);

    open(3, "last", 70);

    assertThat(gaveWay).containsExactly("crowd b");
  }

  @Test
  void aRegionIsSeenAsOne() {
    open("203.0.1.1", "spread a").hold(200 * KIB);
    open("203.0.2.2", "spread b").hold(250 * KIB);
    open("203.0.3.3", "spread c").hold(200 * KIB);
    open("198.51.1.1", "alone").hold(310 * KIB);

    open("192.0.2.1", "last").hold(70 * KIB);

    assertThat(gaveWay).containsExactly("spread b");
  }

  @Test
  void aRegionOfSmallOnesIsPassedOverForASmallerOneWithALargeOne() {
    for (int i = 0; i < 14; i++) {
      open("203.0.1." + i, "small").hold(60 * KIB);
    }
    open("198.51.1.1", "large").hold(200 * KIB);

    assertThat(gaveWay).containsExactly("large");
  }

  @Test
  void anEighthBecomesFreeAtOnce() {
    for (int i = 0; i < 10; i++) {
      open(i, "n" + i, 100);
    }
    open(10, "last", 99);

    assertThat(budget.held()).isBetween(MOST / 2, MOST - MOST / 8);
    assertThat(gaveWay).hasSize(3).doesNotContain("last");
  }

  @Test
  void anEvenShareIsNeverTakenFromAnybody() {
    for (int i = 0; i < CONNECTIONS; i++) {
      open(i, "n" + i, 64);
    }
    open(100, "one connection too many", 30);

    assertThat(gaveWay).isEmpty();
  }

  @Test
  void aCrowdOfSmallOnesIsPassedOverForASmallerNetworkWithALargeOne() {
    for (int i = 0; i < 14; i++) {
      open(1, "small", 60);
    }
    open(2, "large", 200);

    assertThat(gaveWay).containsExactly("large");
  }

  @Test
  void whoIsLeavingIsNotAskedAgainAndPaysForItself() {
    MemoryBudget.Tally first = open(1, "first", 800);
    open(2, "second", 300);
    assertThat(gaveWay).containsExactly("first");

    open(3, "third", 700);
    assertThat(gaveWay).containsExactly("first");
    assertThat(budget.held()).isEqualTo(1000 * KIB);

    first.close();
    first.close();
    first.hold(500 * KIB);
    assertThat(budget.held()).isEqualTo(1000 * KIB);
  }

  /// Promised was what the first held when it was told; it has given most of that back since, and
  /// the second has grown meanwhile.
  @Test
  void whoeverLeavesWithLessThanItsPromiseHasTheNextOneGiveWay() {
    MemoryBudget.Tally first = open(1, "first", 800);
    MemoryBudget.Tally second = open(2, "second", 300);
    first.hold(100 * KIB);
    second.hold(1_500L * KIB);
    assertThat(gaveWay).containsExactly("first");

    first.close();

    assertThat(gaveWay).containsExactly("first", "second");
    assertThat(budget.held()).isZero();
  }

  @Test
  void whatIsGivenBackIsFree() {
    MemoryBudget.Tally changing = open(1, "changing", 900);
    changing.hold(0);
    open(2, "other", 900).close();
    changing.hold(900 * KIB);

    assertThat(gaveWay).isEmpty();
    assertThat(budget.held()).isEqualTo(900 * KIB);
  }

  @Test
  void itIsTightFromTheMiddleOn() {
    MemoryBudget.Tally one = open(1, "one", 512);
    assertThat(budget.isTight()).isFalse();
    one.hold(520 * KIB);
    assertThat(budget.isTight()).isTrue();
  }

  /// Whatever connections do, the sum stays within the budget as long as there are not too many of
  /// them, and nobody who stays within the even share ever goes.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theSumStaysWithinTheBudget(long seed) {
    var random = new Random(seed);
    Map<Integer, MemoryBudget.Tally> there = new HashMap<>();
    List<Integer> told = new ArrayList<>();
    for (int step = 0; step < 5_000; step++) {
      int id = random.nextInt(CONNECTIONS);
      MemoryBudget.Tally tally =
          there.computeIfAbsent(
              id,
              _ ->
                  budget.open(
                      RemoteNetwork.of(Multiaddr.parse("/ip4/203.0.113." + id / 2 + "/tcp/1")),
                      () -> told.add(id)));
      boolean modest = id < 4;
      tally.hold(random.nextInt(modest ? 64 * KIB : 600 * KIB));

      assertThat(budget.held()).as("seed %d, step %d", seed, step).isBetween(0L, MOST);
      assertThat(told).as("seed %d, step %d", seed, step).allMatch(loser -> loser >= 4);
      told.forEach(loser -> there.remove(loser).close());
      told.clear();
    }
    there.values().forEach(MemoryBudget.Tally::close);
    assertThat(budget.held()).as("seed %d", seed).isZero();
  }
}
