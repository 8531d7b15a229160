package io.kadenza.kad.provide;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.net.Peers;
import io.kadenza.multiformats.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentTest {
  private static final int K = 20;

  private static List<Provided> keys(int count, SplittableRandom random) {
    return Stream.generate(() -> Provided.of(Peers.key(random))).limit(count).toList();
  }

  /// Whoever is told, a third of the peers turning out not to be there: in the end every key is at
  /// its k closest peers of those that are, and nobody was told of a key twice.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyKeyComesToItsClosestLivePeers(long seed) {
    var random = new SplittableRandom(seed);
    List<Provided> keys = keys(300, random);
    List<Contact> peers = Peers.contacts(random.nextInt(5, 100), random);
    Set<Contact> dead = new HashSet<>();
    for (Contact peer : peers) {
      if (random.nextInt(3) == 0) {
        dead.add(peer);
      }
    }
    var assignment = new Assignment(keys, K, 0);
    int known = random.nextInt(peers.size());
    KadKey center = KadKey.of(keys.getFirst().key());
    assignment.add(peers.subList(0, known), center);
    Map<Contact, Set<Integer>> told = new HashMap<>();
    send(assignment, dead, told);
    assignment.add(peers, center);
    send(assignment, dead, told);
    assertThat(assignment.gone()).allMatch(dead::contains);
    for (int key = 0; key < keys.size(); key++) {
      List<Contact> closest = closest(keys.get(key).key(), peers, dead).limit(K).toList();
      for (Contact peer : closest) {
        assertThat(told.get(peer)).as("seed %d, key %d", seed, key).contains(key);
      }
      assertThat(assignment.copies(key)).isGreaterThanOrEqualTo(closest.size());
      assertThat(assignment.isTold(key)).isEqualTo(!closest.isEmpty());
    }
  }

  private static void send(
      Assignment assignment, Set<Contact> dead, Map<Contact, Set<Integer>> told) {
    for (List<Assignment.Batch> plan = assignment.plan();
        !plan.isEmpty();
        plan = assignment.plan()) {
      for (Assignment.Batch batch : plan) {
        assertThat(batch.keys().toArray()).hasSize(batch.size()).isNotEmpty().isSorted();
        if (dead.contains(batch.peer())) {
          assignment.gone(batch.peer());
          continue;
        }
        assignment.taken(batch);
        Set<Integer> has = told.computeIfAbsent(batch.peer(), _ -> new HashSet<>());
        batch.keys().forEach(key -> assertThat(has.add(key)).isTrue());
      }
    }
  }

  private static Stream<Contact> closest(Bytes key, List<Contact> peers, Set<Contact> dead) {
    KadKey target = KadKey.of(key);
    return peers.stream()
        .filter(peer -> !dead.contains(peer))
        .sorted((a, b) -> target.compareDistance(a.key(), b.key()));
  }

  @Test
  void inARegionEverybodyWithinTheRadiusIsTold() {
    var random = new SplittableRandom(9);
    List<Provided> keys = keys(50, random);
    List<Contact> peers = Peers.contacts(100, random);
    var assignment = new Assignment(keys, K, 0.3);
    assignment.add(peers, KadKey.of(keys.getFirst().key()));
    Map<Contact, Set<Integer>> told = new HashMap<>();
    send(assignment, Set.of(), told);
    for (int key = 0; key < keys.size(); key++) {
      KadKey target = KadKey.of(keys.get(key).key());
      long within = peers.stream().filter(p -> target.distance(p.key()).fraction() <= 0.3).count();
      assertThat(assignment.copies(key)).isEqualTo(Math.clamp(within, K, 3 * K));
    }
  }

  @Test
  void aKeyIsToldWhenHalfOfThoseLeftHaveIt() {
    var random = new SplittableRandom(3);
    List<Contact> peers = Peers.contacts(4, random);
    var assignment = new Assignment(keys(1, random), K, 0);
    assignment.add(peers, peers.getFirst().key());
    List<Assignment.Batch> plan = assignment.plan();
    assertThat(plan).hasSize(4);
    assertThat(assignment.isTold(0)).isFalse();
    assignment.taken(plan.get(0));
    assertThat(assignment.isTold(0)).isFalse();
    assignment.taken(plan.get(0));
    assertThat(assignment.copies(0)).isEqualTo(1);
    assignment.gone(plan.get(1).peer());
    assignment.gone(plan.get(2).peer());
    assertThat(assignment.isTold(0)).isTrue();
    assertThat(assignment.left(Span.ALL)).isEqualTo(2);
  }

  @Test
  void ofManyPeersTheClosestAreUsed() {
    var random = new SplittableRandom(4);
    List<Provided> keys = keys(1, random);
    KadKey center = KadKey.of(keys.getFirst().key());
    List<Contact> peers = new ArrayList<>(Peers.contacts(1_000, random));
    var assignment = new Assignment(keys, K, 0);
    assignment.add(peers, center);
    assertThat(assignment.left(Span.ALL)).isEqualTo(256);
    assertThat(assignment.plan())
        .extracting(Assignment.Batch::peer)
        .containsExactlyInAnyOrderElementsOf(
            closest(keys.getFirst().key(), peers, Set.of()).limit(K).toList());
  }

  @Test
  void withoutPeersThereIsNothingToSend() {
    var assignment = new Assignment(keys(3, new SplittableRandom(1)), K, 0);
    assertThat(assignment.plan()).isEmpty();
    assertThat(IntStream.range(0, 3).noneMatch(assignment::isTold)).isTrue();
  }
}
