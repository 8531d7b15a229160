package io.kadenza.kad.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.table.RoutingTable.Admission;
import io.kadenza.kad.table.RoutingTable.Renewal;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpDiversityTest {
  private final SplittableRandom random = new SplittableRandom(4);
  private final KadKey self = Peers.contact(random).key();
  private final RoutingTable table = new RoutingTable(self, 20, IpLimits.DEFAULT);

  private Contact at(int bucket, String... addresses) {
    var all = new ArrayList<Multiaddr>();
    for (String address : addresses) {
      all.add(Multiaddr.parse(address));
    }
    while (true) {
      Contact contact = Contact.of(new PeerInfo(Peers.id(random), all));
      if (self.commonPrefixLength(contact.key()) == bucket) {
        return contact;
      }
    }
  }

  private Admission add(int bucket, String... addresses) {
    return table.add(at(bucket, addresses), 0);
  }

  @Test
  void a4TwoOfAGroupInABucketAndThreeInTheTable() {
    assertThat(add(0, "/ip4/203.1.0.1/tcp/1")).isEqualTo(Admission.ADDED);
    assertThat(add(0, "/ip4/203.1.200.1/udp/1/quic-v1")).isEqualTo(Admission.ADDED);
    assertThat(add(0, "/ip4/203.1.7.1/tcp/1")).isEqualTo(Admission.REFUSED);
    assertThat(add(1, "/ip4/203.1.8.1/tcp/1")).isEqualTo(Admission.ADDED);
    assertThat(add(2, "/ip4/203.1.9.1/tcp/1")).isEqualTo(Admission.REFUSED);
    assertThat(add(2, "/ip4/203.2.9.1/tcp/1")).isEqualTo(Admission.ADDED);
  }

  @Test
  void oneCrowdedAddressIsEnoughToBeRefused() {
    add(0, "/ip4/203.1.0.1/tcp/1");
    add(0, "/ip4/203.1.0.2/tcp/1");
    assertThat(add(0, "/ip4/198.1.0.1/tcp/1", "/ip4/203.1.0.3/tcp/1")).isEqualTo(Admission.REFUSED);
    assertThat(add(0, "/ip4/198.1.0.1/tcp/1")).isEqualTo(Admission.ADDED);
  }

  @Test
  void legacyBlocksAndIpv6AreGroupedMoreWidely() {
    add(0, "/ip4/17.1.0.1/tcp/1");
    add(0, "/ip4/17.200.0.1/tcp/1");
    assertThat(add(0, "/ip4/17.99.0.1/tcp/1")).isEqualTo(Admission.REFUSED);
    add(0, "/ip6/2a01:4f8::1/tcp/1");
    add(0, "/ip6/2a01:4f8:ffff::1/tcp/1");
    assertThat(add(0, "/ip6/2a01:4f8:1::1/tcp/1")).isEqualTo(Admission.REFUSED);
    assertThat(add(0, "/ip6/2a01:4f9::1/tcp/1")).isEqualTo(Admission.ADDED);
  }

  @Test
  void addressesThatNobodyOutsideReachesDoNotCount() {
    for (int i = 0; i < 10; i++) {
      assertThat(add(0, "/ip4/127.0.0.1/tcp/" + (i + 1), "/ip4/192.168.1.1/tcp/1"))
          .isEqualTo(Admission.ADDED);
    }
    for (int i = 0; i < 10; i++) {
      assertThat(add(1, "/ip6/::1/tcp/1", "/dns4/example.com/tcp/1", "/ip6/fe80::1/tcp/1"))
          .isEqualTo(Admission.ADDED);
    }
  }

  @Test
  void whoLeavesMakesRoom() {
    Contact first = at(0, "/ip4/203.1.0.1/tcp/1");
    table.add(first, 0);
    add(0, "/ip4/203.1.0.2/tcp/1");
    table.remove(first.key());
    assertThat(add(0, "/ip4/203.1.0.3/tcp/1")).isEqualTo(Admission.ADDED);
  }

  @Test
  void whoIsThereAlreadyCountsWhenATableIsFilled() {
    add(0, "/ip4/203.1.0.1/tcp/1");
    add(0, "/ip4/203.1.0.2/tcp/1");
    table.fill(List.of(at(0, "/ip4/203.1.0.3/tcp/1")), 0);
    assertThat(table.size()).isEqualTo(2);
  }

  @Test
  void whoMovesIsCountedAtItsNewAddress() {
    Contact first = at(0, "/ip4/203.1.0.1/tcp/1");
    table.add(first, 0);
    add(0, "/ip4/203.1.0.2/tcp/1");
    table.met(
        first.at(new PeerInfo(first.id(), List.of(Multiaddr.parse("/ip4/198.1.0.1/tcp/1")))), 0);
    assertThat(add(0, "/ip4/203.1.0.3/tcp/1")).isEqualTo(Admission.ADDED);
    assertThat(add(0, "/ip4/198.1.0.2/tcp/1")).isEqualTo(Admission.ADDED);
    assertThat(add(0, "/ip4/198.1.0.3/tcp/1")).isEqualTo(Admission.REFUSED);
  }

  @Test
  void whoMovesIntoACrowdStaysWhereItWas() {
    Contact first = at(0, "/ip4/198.1.0.1/tcp/1");
    table.add(first, 0);
    add(0, "/ip4/203.1.0.1/tcp/1");
    add(0, "/ip4/203.1.0.2/tcp/1");
    var crowded = new PeerInfo(first.id(), List.of(Multiaddr.parse("/ip4/203.1.0.3/tcp/1")));
    assertThat(table.met(first.at(crowded), 0)).isEqualTo(Renewal.UNCHANGED);
    assertThat(table.get(first.key())).extracting(Contact::info).isEqualTo(first.info());
  }

  @Test
  void whoHasSeveralAddressesCountsInTheGroupOfEach() {
    add(0, "/ip4/203.1.0.1/tcp/1", "/ip6/2a01:4f8::1/tcp/1");
    add(0, "/ip4/203.1.0.2/tcp/1", "/ip6/2a01:4f8::2/tcp/1");
    assertThat(add(0, "/ip4/203.1.0.3/tcp/1")).isEqualTo(Admission.REFUSED);
    assertThat(add(0, "/ip6/2a01:4f8::3/tcp/1")).isEqualTo(Admission.REFUSED);
    assertThat(add(1, "/ip4/203.1.0.3/tcp/1", "/ip4/203.1.9.9/tcp/1")).isEqualTo(Admission.ADDED);
  }

  @Test
  void a4ACrowdInOneAnswerIsLeftOut() {
    List<Contact> honest = Peers.contacts(10, random);
    var answer = new ArrayList<>(honest);
    for (int i = 0; i < 4; i++) {
      answer.add(at(0, "/ip4/203.1.0." + i + "/tcp/1"));
    }
    assertThat(IpLimits.DEFAULT.withoutCrowds(answer)).isEqualTo(honest);
    assertThat(IpLimits.DEFAULT.withoutCrowds(answer.subList(0, 13))).hasSize(13);
    assertThat(IpLimits.NONE.withoutCrowds(answer)).isEqualTo(answer);
  }

  @Test
  void aCrowdIsSeenAmongSeveralAddressesOfEach() {
    var answer = new ArrayList<Contact>();
    for (int i = 0; i < 4; i++) {
      answer.add(
          at(
              0,
              "/ip4/198.%d.0.1/tcp/1".formatted(i),
              "/ip4/199.%d.0.1/tcp/1".formatted(i),
              "/ip4/203.1.0.%d/tcp/1".formatted(i)));
    }
    assertThat(IpLimits.DEFAULT.withoutCrowds(answer)).isEmpty();
    assertThat(IpLimits.DEFAULT.withoutCrowds(answer.subList(1, 4))).hasSize(3);
    answer.add(at(0, "/ip4/204.1.0.1/tcp/1"));
    assertThat(new IpLimits(1, 1).withoutCrowds(answer)).containsExactly(answer.getLast());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void fillingIsAddingOneAfterAnother(long seed) {
    var dice = new SplittableRandom(seed);
    var contacts = new ArrayList<Contact>();
    for (int i = 0; i < 400; i++) {
      int network = dice.nextInt(1, 150);
      var address = Multiaddr.parse("/ip4/203.%d.0.%d/tcp/1".formatted(network, i % 256));
      var also = Multiaddr.parse("/ip4/204.%d.0.1/tcp/1".formatted(dice.nextInt(1, 150)));
      var addresses = i % 3 == 0 ? List.of(address, also) : List.of(address);
      contacts.add(Contact.of(new PeerInfo(Peers.id(dice), addresses)));
    }
    contacts.add(contacts.getLast());
    contacts.addAll(contacts.subList(0, 20));
    if (seed % 2 == 0) {
      contacts.sort(Comparator.comparingInt(c -> self.commonPrefixLength(c.key())));
    }
    var filled = new RoutingTable(self, 20, IpLimits.DEFAULT);
    filled.fill(contacts, 7);
    contacts.forEach(contact -> table.add(contact, 7));
    assertThat(filled.snapshot().all()).as("seed %d", seed).isEqualTo(table.snapshot().all());
    assertThat(filled.size()).isEqualTo(table.size()).isEqualTo(filled.snapshot().size());
    assertThat(filled.doubtful(7, _ -> false)).isEmpty();
    assertThat(filled.doubtful(8, _ -> false)).hasSize(filled.size());
    assertThat(filled.view(9)).isEqualTo(table.view(9));
  }
}
