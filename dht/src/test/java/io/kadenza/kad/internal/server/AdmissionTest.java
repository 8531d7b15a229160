package io.kadenza.kad.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.primitive.Sha256;
import io.kadenza.kad.engine.Rate;
import io.kadenza.kad.engine.ServingLimits;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.Multihash;
import io.kadenza.multiformats.PeerId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int SMALL = 64;
  private static final int MEBIBYTE = 1 << 20;
  private static final int SECONDS = 10;
  private static final OptionalLong PRIVATE = OptionalLong.empty();

  private static final ServingLimits LIMITS =
      new ServingLimits(
          32,
          2,
          4,
          MEBIBYTE,
          new Rate(10, 1_000_000, Duration.ofSeconds(2)),
          new Rate(100, 10_000_000, Duration.ofSeconds(2)));

  private final Admission admission = new Admission(LIMITS, 0);
  private int again;

  private static PeerId peer(int number) {
    byte[] digest = Sha256.digest(("peer " + number).getBytes(StandardCharsets.UTF_8));
    return PeerId.of(Multihash.sha256(digest).bytes());
  }

  private Caller caller(int number, OptionalLong network) {
    return admission.caller(peer(number), network, 0);
  }

  private static OptionalLong network(int number) {
    return OptionalLong.of(number);
  }

  private Admission.Entry enter(Caller caller, long id) {
    return enterLarge(caller, id, SMALL);
  }

  @Test
  void aBurstPassesAtOnceAndWhatFollowsAtTheRate() {
    Caller caller = caller(1, network(1));
    int passed = 0;
    while (admission.toll(caller, 0, 0) == 0) {
      passed++;
    }

    assertThat(passed).isEqualTo(20);
    long wait = admission.toll(caller, 0, 0);
    assertThat(wait).isEqualTo(SECOND / 10);
    assertThat(admission.toll(caller, 0, wait - 1)).isPositive();
    assertThat(admission.toll(caller, 0, wait)).isZero();
  }

  @Test
  void bytesCountAsRequestsDo() {
    Caller caller = caller(1, network(1));

    assertThat(admission.toll(caller, 1_800_000, 0)).isZero();

    assertThat(admission.toll(caller, 0, 0)).isZero();
    assertThat(admission.toll(caller, 0, 0)).isPositive();
  }

  @Test
  void aRequestThatIsLargerThanAnyAllowancePassesAfterARest() {
    Caller caller = caller(1, network(1));

    assertThat(admission.toll(caller, 4 << 20, 0)).isZero();
    assertThat(admission.toll(caller, 4 << 20, SECOND)).isPositive();
    assertThat(admission.toll(caller, 4 << 20, 5 * SECOND)).isZero();
  }

  @Test
  void manyPeersOfOneNetworkShareItsAllowance() {
    int passed = 0;
    for (int i = 0; i < 1_000; i++) {
      passed += admission.toll(caller(i, network(1)), 0, 0) == 0 ? 1 : 0;
    }

    assertThat(passed).isEqualTo(200);
    assertThat(admission.toll(caller(1_000, network(2)), 0, 0)).isZero();
  }

  @Test
  void whoeverTheNetworkHoldsBackHasNotPaidOfItsOwn() {
    for (int i = 0; i < 200; i++) {
      admission.toll(caller(i, network(1)), 0, 0);
    }
    Caller late = caller(500, network(1));
    assertThat(admission.toll(late, 0, 0)).isPositive();

    assertThat(late.account.allowance.debt(0)).isZero();
  }

  @Test
  void comingBackDoesNotRefillTheNetworksAllowance() {
    for (int i = 0; i < 200; i++) {
      admission.toll(caller(i, network(1)), 0, 0);
      admission.forget(peer(i));
    }

    assertThat(admission.accounts()).isZero();
    assertThat(admission.toll(caller(1, network(1)), 0, 0)).isPositive();
  }

  @Test
  void aPrivateNetworkIsNotHeldBack() {
    Caller caller = caller(1, PRIVATE);
    for (int i = 0; i < 10_000; i++) {
      assertThat(admission.toll(caller, SMALL, 0)).isZero();
    }
  }

  @Test
  void networksAreIpv4Slash24AndIpv6Slash48() {
    assertThat(network("/ip4/8.8.8.8/tcp/1")).isEqualTo(network("/ip4/8.8.8.200/tcp/2"));
    assertThat(network("/ip4/8.8.8.8/tcp/1")).isNotEqualTo(network("/ip4/8.8.9.8/tcp/1"));
    assertThat(network("/ip4/8.8.8.8/tcp/1")).isNotEqualTo(network("/ip4/9.8.8.8/tcp/1"));
    assertThat(network("/ip6/2a00:1450:4001::1/tcp/1"))
        .isEqualTo(network("/ip6/2a00:1450:4001:ffff::2/tcp/1"));
    assertThat(network("/ip6/2a00:1450:4001::1/tcp/1"))
        .isNotEqualTo(network("/ip6/2a00:1450:4002::1/tcp/1"));
    assertThat(network("/ip4/127.0.0.1/tcp/1")).isEmpty();
    assertThat(network("/ip4/192.168.1.2/tcp/1")).isEmpty();
  }

  private static OptionalLong network(String address) {
    return NetworkAllowances.network(Multiaddr.parse(address));
  }

  @Test
  void aPeerBeyondItsPlacesWaitsForOneOfItsOwn() {
    Caller caller = caller(1, PRIVATE);
    enter(caller, 1);
    enter(caller, 2);

    assertThat(enter(caller, 3)).isInstanceOf(Admission.Parked.class);
    admission.leave(caller, 1).forEach(Runnable::run);

    assertThat(again).isEqualTo(1);
    assertThat(enter(caller, 3)).isInstanceOf(Admission.Admitted.class);
    assertThat(admission.leave(caller, 3)).as("nobody waits any more").isEmpty();
  }

  @Test
  void aParkedRequestGetsItsTollBack() {
    Caller caller = caller(1, network(1));
    for (int id = 1; id <= 2; id++) {
      admission.toll(caller, SMALL, 0);
      enter(caller, id);
    }
    long before = caller.account.allowance.debt(0);

    admission.toll(caller, SMALL, 0);
    enter(caller, 3);

    assertThat(caller.account.allowance.debt(0)).isEqualTo(before);
    assertThat(caller.network.debt(0)).isEqualTo(2 * LIMITS.perNetwork().cost(SMALL));
  }

  @Test
  void whatAPrivatePeerHasTakenGrowsAgainToo() {
    Caller caller = caller(1, PRIVATE);
    for (int i = 0; i < 10; i++) {
      admission.toll(caller, SMALL, 0);
    }

    admission.toll(caller, SMALL, 5 * SECOND);

    assertThat(caller.account.allowance.debt(5 * SECOND)).isEqualTo(LIMITS.perPeer().cost(SMALL));
  }

  @Test
  void t51TheGreediestGivesWayWhenAllPlacesAreTaken() {
    Caller greedy = caller(1, PRIVATE);
    Caller modest = caller(2, PRIVATE);
    for (int i = 0; i < 10; i++) {
      admission.toll(greedy, SMALL, 0);
    }
    admission.toll(modest, SMALL, 0);
    admission.toll(modest, SMALL, 0);
    enter(greedy, 1);
    enter(greedy, 2);
    enter(modest, 3);
    enter(modest, 4);
    Caller honest = caller(3, PRIVATE);
    admission.toll(honest, SMALL, 0);

    assertThat(enter(honest, 5)).isEqualTo(new Admission.InsteadOf(List.of(2L)));
    assertThat(enter(caller(1, PRIVATE), 6)).isInstanceOf(Admission.Refused.class);
    assertThat(enter(honest, 7)).isEqualTo(new Admission.InsteadOf(List.of(1L)));
  }

  @Test
  void t51WhatWaitsIsBoundedByItsBytesToo() {
    Caller greedy = caller(1, PRIVATE);
    for (int i = 0; i < 10; i++) {
      admission.toll(greedy, MEBIBYTE, 0);
    }
    enterLarge(greedy, 1, MEBIBYTE / 2);
    enterLarge(greedy, 2, MEBIBYTE / 2);
    Caller modest = caller(2, PRIVATE);

    assertThat(enterLarge(modest, 3, MEBIBYTE / 2 + 1))
        .isEqualTo(new Admission.InsteadOf(List.of(2L, 1L)));
    assertThat(enterLarge(greedy, 4, MEBIBYTE / 2)).isInstanceOf(Admission.Refused.class);
    assertThat(enterLarge(greedy, 5, SMALL)).isInstanceOf(Admission.Admitted.class);
    assertThat(enterLarge(modest, 6, MEBIBYTE)).isInstanceOf(Admission.Refused.class);
    admission.leave(modest, 3);
    admission.leave(greedy, 5);
    assertThat(enterLarge(modest, 7, 4 * MEBIBYTE)).isInstanceOf(Admission.Admitted.class);
  }

  private Admission.Entry enterLarge(Caller caller, long id, int bytes) {
    return admission.enter(caller, id, bytes, 0, () -> () -> again++);
  }

  /// "kad flood 50k req/s from 100 peers → per-peer bucket; honest peer ≥ 99 % within 1 s".
  @Test
  void t51AnHonestPeerIsServedWhileAHundredFlood() {
    var server = new Admission(ServingLimits.DEFAULT, 0);
    var random = new SplittableRandom(51);
    List<Caller> flooders = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      flooders.add(server.caller(peer(i), network(i), 0));
    }
    Caller honest = server.caller(peer(1_000), network(1_000), 0);
    Map<Long, Caller> inFlight = new LinkedHashMap<>();
    int served = 0;
    int honestServed = 0;
    long id = 0;
    // A tick is a millisecond: 50 requests come, the engine manages 10, one in a hundred ms is
    // honest.
    for (int tick = 0; tick < SECONDS * 1_000; tick++) {
      long now = tick * (SECOND / 1_000);
      for (int i = 0; i < 50; i++) {
        Caller flooder = flooders.get(random.nextInt(flooders.size()));
        served += ask(server, flooder, ++id, now, inFlight) ? 1 : 0;
      }
      if (tick % 100 == 0) {
        honestServed += ask(server, honest, ++id, now, inFlight) ? 1 : 0;
        assertThat(inFlight).as("the honest request stays").containsEntry(id, honest);
      }
      for (long done : inFlight.keySet().stream().limit(10).toList()) {
        server.leave(inFlight.remove(done), done);
      }
      assertThat(inFlight.size()).isLessThanOrEqualTo(ServingLimits.DEFAULT.inFlight());
    }

    assertThat(honestServed).isEqualTo(10 * SECONDS);
    int burst = 100 * 2_000;
    assertThat(served).isLessThanOrEqualTo(burst + SECONDS * 100 * 200);
  }

  private static boolean ask(
      Admission server, Caller caller, long id, long now, Map<Long, Caller> inFlight) {
    if (server.toll(caller, SMALL, now) > 0) {
      return false;
    }
    return switch (server.enter(caller, id, SMALL, now, () -> () -> {})) {
      case Admission.Admitted _ -> {
        inFlight.put(id, caller);
        yield true;
      }
      case Admission.InsteadOf(List<Long> victims) -> {
        victims.forEach(inFlight::remove);
        inFlight.put(id, caller);
        yield true;
      }
      case Admission.Parked _, Admission.Refused _ -> false;
    };
  }

  @Test
  void t51WhatIsRememberedOfStrangersIsBounded() {
    for (int i = 0; i < 3 * NetworkAllowances.MAX; i++) {
      Caller stranger = admission.caller(peer(0), network(i), i);
      admission.toll(stranger, SMALL, i);
    }
    var networks = new NetworkAllowances(0);
    for (int i = 0; i < 3 * NetworkAllowances.MAX; i++) {
      networks.of(i, 0).take(SECOND, LIMITS.perNetwork(), 0);
    }
    assertThat(networks.size()).isEqualTo(NetworkAllowances.MAX);
    Allowance greedy = networks.of(7, SECOND);
    greedy.take(2 * SECOND, LIMITS.perNetwork(), SECOND);

    networks.of(-1, 2 * SECOND);

    assertThat(networks.size()).as("those that are full again make room").isEqualTo(2);
    assertThat(networks.of(7, 2 * SECOND)).isSameAs(greedy);
    assertThat(admission.accounts()).isEqualTo(1);
  }

  @Test
  void t51TheFullOnesAreSoughtOnceASecondAtMost() {
    var networks = new NetworkAllowances(0);
    for (int i = 0; i < NetworkAllowances.MAX; i++) {
      networks.of(i, 0).take(SECOND / 2, LIMITS.perNetwork(), 0);
    }
    Allowance shared = networks.of(-1, SECOND / 4);

    assertThat(networks.of(-2, SECOND)).isSameAs(shared);
    assertThat(networks.of(-2, 2 * SECOND)).isNotSameAs(shared);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whateverHappensPlacesAreNeitherLostNorInvented(long seed) {
    var random = new SplittableRandom(seed);
    Map<Long, Caller> inFlight = new HashMap<>();
    Map<PeerId, Integer> perPeer = new HashMap<>();
    for (long id = 1; id < 5_000; id++) {
      int number = random.nextInt(5);
      Caller caller =
          admission.caller(peer(number), random.nextBoolean() ? network(number) : PRIVATE, id);
      admission.toll(caller, random.nextInt(100_000), id);
      switch (admission.enter(caller, id, SMALL, id, () -> () -> {})) {
        case Admission.Admitted _ -> inFlight.put(id, caller);
        case Admission.InsteadOf(List<Long> victims) -> {
          victims.forEach(
              victim -> assertThat(inFlight.remove(victim)).as("seed %d", seed).isNotNull());
          inFlight.put(id, caller);
        }
        case Admission.Parked _, Admission.Refused _ -> {}
      }
      perPeer.clear();
      inFlight.values().forEach(c -> perPeer.merge(c.account.peer, 1, Integer::sum));
      assertThat(inFlight.size()).as("seed %d", seed).isLessThanOrEqualTo(LIMITS.inFlight());
      assertThat(perPeer.values())
          .as("seed %d", seed)
          .allMatch(count -> count <= LIMITS.inFlightPerPeer());
      if (!inFlight.isEmpty() && random.nextInt(3) > 0) {
        long done =
            inFlight.keySet().stream()
                .sorted()
                .skip(random.nextInt(inFlight.size()))
                .findFirst()
                .orElseThrow();
        admission.leave(inFlight.remove(done), done);
      }
    }
    inFlight.forEach((id, caller) -> admission.leave(caller, id));
    for (long id = 100_000; id < 100_000 + LIMITS.inFlight(); id++) {
      assertThat(enter(caller(100 + (int) id, PRIVATE), id))
          .as("seed %d: all places are free again", seed)
          .isInstanceOf(Admission.Admitted.class);
    }
  }
}
