package io.kadenza.kad.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.net.Peers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whom a walk asks, when, and what it has found at its end.
class LookupTest {
  private static final LookupConfig CONFIG = LookupConfig.DEFAULT;
  private final SplittableRandom random = new SplittableRandom(11);
  private final KadKey self = Peers.contact(random).key();
  private final KadKey target = KadKey.of(Peers.key(random));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void itFindsExactlyTheClosestThereAre(long seed) {
    var network = new Graph(seed, 300, 0);
    Lookup lookup = network.walk(CONFIG);
    assertThat(lookup.closest()).as("seed %d", seed).isEqualTo(network.closestAlive(CONFIG.k()));
    assertThat(lookup.stats(0).reason()).isEqualTo(Termination.COMPLETED);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void itFindsExactlyTheClosestOfThoseItHeardOfThatCanBeReached(long seed) {
    var network = new Graph(seed, 300, 0.3);
    Lookup lookup = network.walk(CONFIG);
    assertThat(lookup.closest()).as("seed %d", seed).isEqualTo(network.closestHeardOf(CONFIG.k()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void itEndsUnderAnyPatternOfFailures(long seed) {
    for (double dead : new double[] {0.5, 0.9, 1}) {
      var network = new Graph(seed, 200, dead);
      Lookup lookup = network.walk(CONFIG);
      assertThat(lookup.isOver()).as("seed %d, %s dead", seed, dead).isTrue();
      assertThat(network.alive).containsAll(lookup.closest());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10})
  void whileItLooksForTheWayNeverMoreThanAlphaAreInFlight(int alpha) {
    var network = new Graph(5, 300, 0.3);
    network.walk(CONFIG.withAlpha(alpha).withBeta(CONFIG.k()));
    assertThat(network.maxInFlight).isEqualTo(alpha);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10})
  void onceBetaHaveAnsweredTheRestOfTheKClosestIsAskedAtOnce(int alpha) {
    var network = new Graph(5, 300, 0.3);
    network.walk(CONFIG.withAlpha(alpha));
    assertThat(network.maxInFlight).isGreaterThan(alpha).isLessThanOrEqualTo(CONFIG.k());
  }

  @Test
  void whoBeginsAmongTheClosestAsksThemAllAtOnce() {
    var network = new Graph(5, 300, 0);
    List<Contact> closest = network.closestAlive(CONFIG.k());
    var lookup =
        new Lookup(
            CONFIG, Region.of(300, CONFIG.k(), 0), network.target, self, _ -> true, closest, 0);
    for (Contact expected : closest) {
      assertThat(lookup.next(0)).isEqualTo(expected);
    }
    assertThat(lookup.next(0)).isNull();
  }

  @Test
  void whereEverybodyIsKnownTheyMayLieFartherOff() {
    var network = new Graph(5, 300, 0);
    List<Contact> known = network.closestAlive(CONFIG.k());
    double farthest = network.target.distance(known.getLast().key()).fraction();
    var region = new Region(farthest / 1.9, 0, false, false);
    assertThat(askedAtFirst(network, region, known)).isEqualTo(10);
    assertThat(askedAtFirst(network, region.familiar(true), known)).isEqualTo(20);
    var elsewhere = new Region(farthest / 2.1, 0, false, true);
    assertThat(askedAtFirst(network, elsewhere, known)).isEqualTo(10);
    var asExpected = new Region(farthest / 1.1, 0, false, false);
    assertThat(askedAtFirst(network, asExpected, known)).isEqualTo(20);
    var farther = new Region(farthest / 1.2, 0, false, false);
    assertThat(askedAtFirst(network, farther, known)).isEqualTo(10);
  }

  @Test
  void whereEverybodyIsKnownFewerThanKAreAll() {
    var network = new Graph(5, 300, 0);
    List<Contact> known = network.closestAlive(15);
    assertThat(askedAtFirst(network, Region.UNKNOWN, known)).isEqualTo(10);
    assertThat(askedAtFirst(network, Region.UNKNOWN.familiar(true), known)).isEqualTo(15);
  }

  private int askedAtFirst(Graph network, Region region, List<Contact> seeds) {
    var lookup = new Lookup(CONFIG, region, network.target, self, _ -> true, seeds, 0);
    int asked = 0;
    while (lookup.next(0) != null) {
      asked++;
    }
    return asked;
  }

  @Test
  void whereBetaAnswersAreEnoughOneMoreIsAskedNearTheTarget() {
    List<Contact> seeds = Peers.contacts(10, random, target);
    var region = Region.UNKNOWN.familiar(true);
    var config = CONFIG.withFollowUp(false);
    var lookup = new Lookup(config, region, target, self, _ -> true, seeds, 0);
    for (Contact expected : seeds.subList(0, 4)) {
      assertThat(lookup.next(0)).isEqualTo(expected);
    }
    assertThat(lookup.next(0)).isNull();
    lookup.answered(seeds.get(0), List.of());
    assertThat(lookup.next(0)).isNull();
    lookup.failed(seeds.get(1));
    assertThat(lookup.next(0)).isEqualTo(seeds.get(4));
    assertThat(lookup.next(0)).isNull();
    lookup.answered(seeds.get(2), List.of());
    lookup.answered(seeds.get(3), List.of());
    assertThat(lookup.next(0)).isNull();
    assertThat(lookup.stats(0).reason()).isEqualTo(Termination.COMPLETED);
  }

  @Test
  void whoWasKnownFromTheBeginningWasForeseen() {
    List<Contact> contacts = Peers.contacts(4, random, target);
    var lookup = new Lookup(CONFIG.withK(3), target, self, contacts.subList(1, 3), 0);
    assertThat(lookup.foreseen()).isEqualTo(1);
    lookup.answered(lookup.next(0), List.of(contacts.get(0), contacts.get(3)));
    assertThat(lookup.foreseen()).isEqualTo(2.0 / 3);
    lookup.failed(lookup.next(0));
    assertThat(lookup.foreseen()).isEqualTo(2.0 / 3);
  }

  @Test
  void aWalkAtItsEndGoesOnWithThoseFoundByOtherWays() {
    List<Contact> seeds = Peers.contacts(2, random, target);
    var lookup = new Lookup(CONFIG, target, self, seeds.subList(1, 2), 0);
    assertThat(lookup.next(0)).isEqualTo(seeds.get(1));
    lookup.answered(seeds.get(1), List.of());
    assertThat(lookup.next(0)).isNull();
    assertThat(lookup.isOver()).isTrue();
    lookup.resume(seeds);
    assertThat(lookup.isOver()).isFalse();
    assertThat(lookup.next(0)).isEqualTo(seeds.get(0));
  }

  @Test
  void aWalkAtItsEndStaysThereIfOthersHaveFoundNobodyNew() {
    List<Contact> seeds = Peers.contacts(2, random, target);
    var lookup = new Lookup(CONFIG, target, self, seeds, 0);
    for (Contact next = lookup.next(0); next != null; next = lookup.next(0)) {
      lookup.answered(next, List.of());
    }
    assertThat(lookup.isOver()).isTrue();
    lookup.resume(seeds);
    assertThat(lookup.isOver()).isTrue();
  }

  @Test
  void whoMayNotBeAskedIsNotWhoeverNamesHim() {
    List<Contact> contacts = Peers.contacts(3, random, target);
    var lookup =
        new Lookup(
            CONFIG,
            Region.UNKNOWN,
            target,
            self,
            contact -> !contact.equals(contacts.get(1)),
            contacts.subList(1, 3),
            0);
    assertThat(lookup.next(0)).isEqualTo(contacts.get(2));
    assertThat(lookup.answered(contacts.get(2), contacts)).containsExactly(contacts.get(0));
    assertThat(lookup.next(0)).isEqualTo(contacts.get(0));
    assertThat(lookup.next(0)).isNull();
  }

  @Test
  void whoHasFailedIsNoReserve() {
    List<Contact> seeds = Peers.contacts(3, random, target);
    var lookup = new Lookup(CONFIG, target, self, seeds, 0);
    lookup.failed(lookup.next(0));
    assertThat(lookup.known()).isEqualTo(seeds.subList(1, 3));
  }

  @Test
  void nobodyIsAskedTwice() {
    var network = new Graph(6, 300, 0.3);
    network.walk(CONFIG);
    assertThat(new HashSet<>(network.asked)).hasSameSizeAs(network.asked);
  }

  @Test
  void withoutFollowUpBetaAnswersAreEnough() {
    var network = new Graph(7, 300, 0);
    Lookup quick = network.walk(CONFIG.withFollowUp(false));
    int askedQuickly = network.asked.size();
    assertThat(quick.closest().subList(0, CONFIG.beta()))
        .isEqualTo(network.closestAlive(CONFIG.beta()));
    network.walk(CONFIG);
    assertThat(askedQuickly).isLessThan(network.asked.size());
  }

  @Test
  void withNobodyToAskItIsOverAtOnce() {
    var lookup = new Lookup(CONFIG, target, self, List.of(), 0);
    assertThat(lookup.isOver()).isTrue();
    assertThat(lookup.stats(0).reason()).isEqualTo(Termination.NO_PEERS);
    assertThat(lookup.next(0)).isNull();
  }

  @Test
  void inASmallNetworkItStarves() {
    List<Contact> seeds = Peers.contacts(3, random);
    var lookup = new Lookup(CONFIG, target, self, seeds, 0);
    for (Contact next = lookup.next(0); next != null; next = lookup.next(0)) {
      lookup.answered(next, seeds);
    }
    assertThat(lookup.stats(0).reason()).isEqualTo(Termination.STARVED);
    assertThat(lookup.closest()).containsExactlyInAnyOrderElementsOf(seeds);
  }

  @Test
  void t33OfAHundredThousandCloserPeersFortyAreUsed() {
    Contact seed = Peers.contact(random);
    var lookup = new Lookup(CONFIG, target, self, List.of(seed), 0);
    lookup.next(0);
    List<Contact> few = Peers.contacts(100, random);
    var many = new ArrayList<Contact>();
    for (int i = 0; i < 1_000; i++) {
      many.addAll(few);
    }
    assertThat(lookup.answered(seed, many)).isEqualTo(few.subList(0, 40));
  }

  @Test
  void t33WeOurselvesTheAnswererAndDuplicatesAreDropped() {
    Contact own = Peers.contact(random);
    Contact seed = Peers.contact(random);
    Contact other = Peers.contact(random);
    var lookup = new Lookup(CONFIG, target, own.key(), List.of(own, seed, seed), 0);
    assertThat(lookup.next(0)).isEqualTo(seed);
    assertThat(lookup.next(0)).isNull();
    assertThat(lookup.answered(seed, List.of(own, seed, other, other))).containsExactly(other);
  }

  @Test
  void anAnswerThatNobodyWaitsForHasNoEffect() {
    List<Contact> seeds = Peers.contacts(2, random);
    var lookup = new Lookup(CONFIG.withAlpha(1), target, self, seeds, 0);
    Contact asked = lookup.next(0);
    Contact other = seeds.get(0).equals(asked) ? seeds.get(1) : seeds.get(0);
    assertThat(lookup.answered(other, List.of())).isNull();
    assertThat(lookup.failed(other)).isFalse();
    assertThat(lookup.failed(asked)).isTrue();
    assertThat(lookup.answered(asked, List.of())).isNull();
  }

  @Test
  void endingItKeepsWhatItHas() {
    List<Contact> seeds = Peers.contacts(5, random);
    var lookup = new Lookup(CONFIG, target, self, seeds, 0);
    Contact first = lookup.next(0);
    Contact second = lookup.next(0);
    lookup.answered(first, List.of());
    lookup.end(Termination.CANCELLED, Duration.ofSeconds(1).toNanos());
    assertThat(lookup.isOver()).isTrue();
    assertThat(lookup.inFlight()).isZero();
    assertThat(lookup.next(0)).isNull();
    assertThat(lookup.closest()).containsExactly(first);
    assertThat(lookup.answered(second, Peers.contacts(1, random))).isNull();
    lookup.resume(Peers.contacts(1, random));
    assertThat(lookup.isOver()).isTrue();
    LookupStats stats = lookup.stats(Long.MAX_VALUE);
    assertThat(stats)
        .isEqualTo(new LookupStats(Termination.CANCELLED, 2, 1, 0, 1, Duration.ofSeconds(1)));
  }

  @Test
  void itCountsWhomItAskedAndHowManyHandsItsNewsWentThrough() {
    List<Contact> contacts = Peers.contacts(4, random, target).reversed();
    var lookup = new Lookup(CONFIG, target, self, contacts.subList(0, 1), 0);
    for (int i = 0; i < 3; i++) {
      assertThat(lookup.next(0)).isEqualTo(contacts.get(i));
      lookup.answered(contacts.get(i), contacts.subList(i + 1, i + 2));
    }
    assertThat(lookup.next(0)).isEqualTo(contacts.get(3));
    lookup.failed(contacts.get(3));
    assertThat(lookup.next(7)).isNull();
    assertThat(lookup.stats(9))
        .isEqualTo(new LookupStats(Termination.STARVED, 4, 3, 1, 3, Duration.ofNanos(7)));
  }

  @Test
  void aLiarWhoNamesEverNewPeersOnlyPushesOutTheFarthest() {
    Contact liar = Peers.contact(random);
    var lookup = new Lookup(CONFIG, target, self, List.of(liar), 0);
    int asked = 0;
    for (Contact next = lookup.next(0); next != null && asked < 2_000; next = lookup.next(0)) {
      asked++;
      lookup.answered(next, Peers.contacts(40, random));
    }
    assertThat(asked).isLessThan(2_000);
    assertThat(lookup.closest()).hasSize(CONFIG.k());
  }
}
