package io.kadenza.kad.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.net.Peers;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContactCacheTest {
  private final SplittableRandom random = new SplittableRandom(3);

  @ParameterizedTest
  @ValueSource(ints = {16, 100, 4_096, 16_384})
  void itKnowsTheClosestOfThoseThatFit(int capacity) {
    var cache = new ContactCache(capacity);
    List<Contact> contacts = Peers.contacts(capacity / 16, random);
    contacts.forEach(contact -> cache.heard(contact, 5));
    KadKey target = KadKey.of(Peers.key(random));
    List<Contact> expected =
        contacts.stream()
            .sorted(Comparator.comparing(contact -> target.distance(contact.key())))
            .limit(20)
            .toList();
    assertThat(cache.closest(target, 20, 5)).isEqualTo(expected);
  }

  @Test
  void itIsBoundedHoweverManyAreNamed() {
    var cache = new ContactCache(256);
    Peers.contacts(5_000, random).forEach(contact -> cache.heard(contact, 0));
    assertThat(cache.size()).isEqualTo(256);
    assertThat(cache.closest(KadKey.of(Peers.key(random)), 1_000, 0)).hasSize(256);
  }

  @Test
  void whoNamesTooManyAddressesIsNotRemembered() {
    var cache = new ContactCache(16);
    PeerId id = Peers.id(random);
    var few = Stream.generate(() -> Peers.address(random)).limit(20).toList();
    var many = Stream.generate(() -> Peers.address(random)).limit(300).toList();

    cache.answered(Contact.of(new PeerInfo(id, many)), 0);
    assertThat(cache.size()).isZero();
    cache.answered(Contact.of(new PeerInfo(id, few)), 0);
    assertThat(cache.size()).isEqualTo(1);
  }

  @Test
  void whoHasAnsweredDoesNotGiveWayToHearsay() {
    var cache = new ContactCache(16);
    List<Contact> proven = Peers.contacts(16, random);
    proven.forEach(contact -> cache.answered(contact, 0));
    Peers.contacts(100, random).forEach(contact -> cache.heard(contact, 9));
    assertThat(cache.proven(100, 9)).containsExactlyInAnyOrderElementsOf(proven);
    Contact next = Peers.contact(random);
    cache.answered(next, 10);
    assertThat(cache.proven(100, 10)).hasSize(16).contains(next);
  }

  @Test
  void whoWasNotSpokenOfForAnHourIsNotUsed() {
    var cache = new ContactCache(16);
    Contact old = Peers.contact(random);
    Contact young = Peers.contact(random);
    cache.answered(old, 0);
    cache.heard(young, 100);
    assertThat(cache.closest(old.key(), 20, ContactCache.MAX_AGE_SECONDS + 1))
        .containsExactly(young);
    assertThat(cache.proven(20, ContactCache.MAX_AGE_SECONDS + 1)).isEmpty();
  }

  @Test
  void whoFailedIsForgotten() {
    var cache = new ContactCache(64);
    List<Contact> contacts = Peers.contacts(10, random);
    contacts.forEach(contact -> cache.answered(contact, 0));
    cache.failed(contacts.get(3));
    cache.failed(Peers.contact(random));
    assertThat(cache.size()).isEqualTo(9);
    assertThat(cache.closest(contacts.get(3).key(), 20, 0)).doesNotContain(contacts.get(3));
  }

  @Test
  void withoutRoomNothingIsKept() {
    var cache = new ContactCache(0);
    cache.answered(Peers.contact(random), 0);
    assertThat(cache.size()).isZero();
  }

  /// Against a map. A newcomer by hearsay takes the place of who is so too and was spoken of
  /// longest ago; one that has answered, where there is no such, that of another that has.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whoGivesWayIsTheOldestOfThoseThatMayNotStay(long seed) {
    var steps = new SplittableRandom(seed);
    var cache = new ContactCache(16);
    List<Contact> contacts = Peers.contacts(30, random);
    Map<Contact, Known> known = new HashMap<>();
    for (int now = 0; now < ContactCache.MAX_AGE_SECONDS; now++) {
      Contact contact = contacts.get(steps.nextInt(contacts.size()));
      Known before = known.get(contact);
      switch (steps.nextInt(4)) {
        case 0 -> {
          cache.failed(contact);
          known.remove(contact);
        }
        case 1 -> {
          cache.answered(contact, now);
          makeRoom(known, contact, true);
          known.put(contact, new Known(now, true));
        }
        default -> {
          cache.heard(contact, now);
          if (makeRoom(known, contact, false)) {
            known.put(contact, new Known(now, before != null && before.answered()));
          }
        }
      }
      assertThat(cache.size()).isEqualTo(known.size());
      assertThat(cache.closest(contact.key(), 16, now))
          .containsExactlyInAnyOrderElementsOf(known.keySet());
      assertThat(cache.proven(16, now))
          .containsExactlyInAnyOrderElementsOf(
              known.keySet().stream().filter(one -> known.get(one).answered()).toList());
    }
  }

  private record Known(int seen, boolean answered) {}

  private static boolean makeRoom(Map<Contact, Known> known, Contact newcomer, boolean answered) {
    if (known.containsKey(newcomer) || known.size() < 16) {
      return true;
    }
    Optional<Contact> leaving =
        known.keySet().stream()
            .filter(one -> answered || !known.get(one).answered())
            .min(
                Comparator.comparing((Contact one) -> known.get(one).answered())
                    .thenComparing(one -> known.get(one).seen()));
    leaving.ifPresent(known::remove);
    return leaving.isPresent();
  }
}
