package io.kadenza.kad.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.net.Peers;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
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
}
