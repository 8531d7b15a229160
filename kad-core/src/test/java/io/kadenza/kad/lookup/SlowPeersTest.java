package io.kadenza.kad.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.net.Peers;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What a walk does about peers that take longer than most.
class SlowPeersTest {
  private static final LookupConfig CONFIG = LookupConfig.DEFAULT;

  private final SplittableRandom random = new SplittableRandom(11);
  private final KadKey self = Peers.contact(random).key();
  private final KadKey target = KadKey.of(Peers.key(random));

  @Test
  void aSlowPeerHoldsUpTheWalkOnlyIfThereIsNobodyElse() {
    List<Contact> seeds = Peers.contacts(4, random, target);
    var lookup = new Lookup(CONFIG.withK(3).withAlpha(2), target, self, seeds, 0);
    Contact sluggish = lookup.next(0, _ -> 50);
    assertThat(lookup.next(10, _ -> 500)).isEqualTo(seeds.get(1));
    assertThat(lookup.next(10)).isNull();
    assertThat(lookup.slowAt(10)).hasValue(25);
    lookup.markSlow(50);
    assertThat(lookup.slowAt(50)).hasValue(255);
    assertThat(lookup.inFlight()).isEqualTo(1);
    assertThat(lookup.next(200)).isEqualTo(seeds.get(2));
    lookup.answered(seeds.get(1), List.of());
    assertThat(lookup.next(200)).isEqualTo(seeds.get(3));
    lookup.answered(seeds.get(2), List.of());
    lookup.answered(seeds.get(3), List.of());
    assertThat(lookup.next(200)).isNull();
    assertThat(lookup.stats(200).reason()).isEqualTo(Termination.COMPLETED);
    assertThat(lookup.closest()).doesNotContain(sluggish);
  }

  @Test
  void withFewPeersThereIsTimeForASlowOneUntilItIsGivenUp() {
    List<Contact> seeds = Peers.contacts(2, random, target);
    var lookup = new Lookup(CONFIG, target, self, seeds, 0);
    long slow = 3_000_000_000L;
    lookup.next(0, _ -> slow);
    lookup.next(0, _ -> slow);
    lookup.answered(seeds.get(1), List.of());
    lookup.markSlow(slow);
    assertThat(lookup.slowAt(slow)).hasValue(2 * slow);
    assertThat(lookup.next(2 * slow - 1)).isNull();
    assertThat(lookup.isOver()).isFalse();
    assertThat(lookup.next(2 * slow)).isNull();
    assertThat(lookup.stats(2 * slow).reason()).isEqualTo(Termination.STARVED);
    assertThat(lookup.closest()).containsExactly(seeds.get(1));
  }

  @Test
  void whereNobodyHasAnsweredNobodyIsGivenUp() {
    List<Contact> seeds = Peers.contacts(2, random, target);
    var lookup = new Lookup(CONFIG, target, self, seeds, 0);
    lookup.next(0, _ -> 10);
    lookup.next(0, _ -> 10);
    lookup.markSlow(10);
    lookup.failed(seeds.get(0));
    assertThat(lookup.next(Long.MAX_VALUE / 4)).isNull();
    assertThat(lookup.isOver()).isFalse();
    lookup.answered(seeds.get(1), List.of());
    assertThat(lookup.next(Long.MAX_VALUE / 4)).isNull();
    assertThat(lookup.isOver()).isTrue();
  }

  @Test
  void whoWasSilentBeforeIsGivenAsLongAsMostNeed() {
    List<Contact> seeds = Peers.contacts(2, random, target);
    var lookup = new Lookup(CONFIG, target, self, seeds, 0);
    var promptness = new SilentOne(seeds.get(0), 100);
    assertThat(lookup.next(0, promptness)).isEqualTo(seeds.get(0));
    assertThat(lookup.inFlight()).isZero();
    assertThat(lookup.next(0, promptness)).isEqualTo(seeds.get(1));
    lookup.answered(seeds.get(1), List.of());
    assertThat(lookup.holders()).containsExactly(seeds.get(1));
    assertThat(lookup.next(49)).isNull();
    assertThat(lookup.isOver()).isFalse();
    assertThat(lookup.slowAt(49)).hasValue(50);
    assertThat(lookup.next(50)).isNull();
    assertThat(lookup.isOver()).isTrue();
  }

  private record SilentOne(Contact silent, long slowAt) implements Promptness {
    @Override
    public long slowAt(Contact peer) {
      return slowAt;
    }

    @Override
    public boolean isSilent(Contact peer) {
      return peer.equals(silent);
    }
  }

  @Test
  void besidesAPeerThatIsLateTheNextClosestIsAsked() {
    List<Contact> seeds = Peers.contacts(4, random, target);
    var lookup = new Lookup(CONFIG.withK(2), target, self, seeds, 0);
    lookup.next(0, _ -> 100);
    lookup.next(0, _ -> 100);
    lookup.answered(seeds.get(1), List.of());
    assertThat(lookup.next(49)).isNull();
    assertThat(lookup.next(50, _ -> 150)).isEqualTo(seeds.get(2));
    assertThat(lookup.next(50)).isNull();
    lookup.answered(seeds.get(2), List.of());
    assertThat(lookup.next(60)).isNull();
    assertThat(lookup.isOver()).isFalse();
    lookup.answered(seeds.get(0), List.of());
    assertThat(lookup.next(70)).isNull();
    assertThat(lookup.closest()).containsExactly(seeds.get(0), seeds.get(1));
  }

  @Test
  void whoIsLateTakesNoneOfThePlacesOfThoseAskedAtATime() {
    List<Contact> seeds = Peers.contacts(3, random, target);
    var lookup = new Lookup(CONFIG.withAlpha(1), target, self, seeds, 0);
    assertThat(lookup.next(0, _ -> 100)).isEqualTo(seeds.get(0));
    assertThat(lookup.next(49)).isNull();
    assertThat(lookup.next(50, _ -> 150)).isEqualTo(seeds.get(1));
    assertThat(lookup.next(50)).isNull();
  }

  @Test
  void aWalkAtItsEndGoesOnWithWhomASlowPeerNames() {
    List<Contact> contacts = Peers.contacts(3, random, target);
    var lookup = new Lookup(CONFIG.withK(1), target, self, contacts.subList(1, 3), 0);
    lookup.next(0, _ -> 10);
    lookup.markSlow(10);
    assertThat(lookup.next(10)).isEqualTo(contacts.get(2));
    lookup.answered(contacts.get(2), List.of());
    assertThat(lookup.next(10)).isNull();
    assertThat(lookup.isOver()).isTrue();

    lookup.answered(contacts.get(1), contacts.subList(0, 1));
    assertThat(lookup.isOver()).isFalse();
    assertThat(lookup.next(10)).isEqualTo(contacts.get(0));
  }

  @Test
  void whereTheWalkIsOverNobodyIsWaitedFor() {
    List<Contact> seeds = Peers.contacts(2, random, target);
    var lookup = new Lookup(CONFIG, target, self, seeds, 0);
    lookup.next(0, _ -> 10);
    lookup.end(Termination.STOPPED, 1);
    assertThat(lookup.slowAt(1)).isEmpty();
    assertThat(lookup.markSlow(10)).isEmpty();
  }

  @Test
  void aSlowPeersAnswerIsStillWelcome() {
    List<Contact> seeds = Peers.contacts(2, random, target);
    var lookup = new Lookup(CONFIG, target, self, seeds, 0);
    lookup.next(0, _ -> 10);
    lookup.next(0, _ -> 10);
    lookup.markSlow(10);
    lookup.failed(seeds.get(1));
    assertThat(lookup.next(1)).isNull();
    assertThat(lookup.isOver()).isFalse();
    Contact other = Peers.contact(random);
    assertThat(lookup.answered(seeds.get(0), List.of(other))).containsExactly(other);
    assertThat(lookup.next(1)).isEqualTo(other);
    assertThat(lookup.closest()).containsExactly(seeds.get(0));
  }

  @Test
  void whenAllAreSlowTwiceAlphaAreAskedBesides() {
    List<Contact> seeds = Peers.contacts(40, random, target);
    var lookup = new Lookup(CONFIG, target, self, seeds, 0);
    int asked = 0;
    for (long now = 0; now < 1_000; now += 10) {
      long slow = now + 10;
      while (lookup.next(now, _ -> slow) != null) {
        asked++;
      }
      lookup.markSlow(slow);
    }
    assertThat(asked).isEqualTo(2 * CONFIG.alpha());
    lookup.failed(seeds.get(0));
    assertThat(lookup.next(1_000)).isEqualTo(seeds.get(asked));
  }
}
