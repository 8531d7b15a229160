package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.net.Peers;
import io.kadenza.multiformats.PeerInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetPeersTest {
  private final SplittableRandom random = new SplittableRandom(1);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void remembersThoseMetLast(long seed) {
    var random = new SplittableRandom(seed);
    List<Contact> all = Peers.contacts(100, random);
    var met = new MetPeers(40);
    var expected = new LinkedHashMap<Contact, Contact>();
    for (int i = 0; i < 1_000; i++) {
      Contact contact = all.get(random.nextInt(all.size()));
      boolean isNew = expected.putIfAbsent(contact, contact) == null;
      assertThat(met.meet(contact)).as("seed %d, step %d", seed, i).isEqualTo(isNew);
      if (expected.size() > 40) {
        expected.remove(new ArrayList<>(expected.keySet()).getFirst());
      }
      for (Contact one : all) {
        assertThat(met.get(one.key())).as("seed %d, step %d", seed, i).isEqualTo(expected.get(one));
      }
    }
  }

  @Test
  void knowsThePresentAddresses() {
    var met = new MetPeers(4);
    Contact contact = Peers.contact(random);
    Contact moved = contact.at(new PeerInfo(contact.id(), List.of(Peers.address(random))));
    assertThat(met.meet(contact)).isTrue();
    assertThat(met.meet(moved)).isFalse();
    assertThat(met.get(contact.key())).isSameAs(moved);
  }

  @Test
  void withoutRoomItKnowsNobody() {
    var met = new MetPeers(0);
    Contact contact = Peers.contact(random);
    assertThat(met.meet(contact)).isFalse();
    assertThat(met.get(contact.key())).isNull();
  }
}
