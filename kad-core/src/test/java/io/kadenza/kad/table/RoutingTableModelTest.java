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
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The table beside the simplest one that follows the same rules, through random lives: keys as
/// close to ours as can be, addresses that change and are shared, limits at their ends.
class RoutingTableModelTest {
  private static final int STEPS = 300;

  private SplittableRandom dice = new SplittableRandom();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void itBehavesAsListsDo(long seed) {
    dice = new SplittableRandom(seed);
    Contact own = Peers.contact(dice);
    int k = oneOf(1, 2, 5, 20, 100);
    IpLimits limits =
        oneOf(0, 1) == 0 ? IpLimits.DEFAULT : new IpLimits(oneOf(1, 200), oneOf(1, 2));
    var table = new RoutingTable(own.key(), k, limits);
    var model = new TableModel(own.key(), k, limits);
    int networks = oneOf(1, 3, 1_000);
    List<Contact> pool = pool(own, networks);
    int now = oneOf(0, -100, Integer.MAX_VALUE - 50);
    for (int step = 0; step < STEPS; step++) {
      now += dice.nextInt(3);
      Contact known = pool.get(dice.nextInt(pool.size()));
      Contact contact =
          oneOf(0, 1, 2) == 0 ? known.at(new PeerInfo(known.id(), addresses(networks))) : known;
      String which = "seed %d, step %d".formatted(seed, step);
      change(table, model, contact, pool, now, which);
      compare(table, model, contact, now, which);
    }
  }

  private int oneOf(int... choices) {
    return choices[dice.nextInt(choices.length)];
  }

  private List<Contact> pool(Contact own, int networks) {
    var pool = new ArrayList<Contact>();
    pool.add(own);
    int size = oneOf(1, 5, 60, 300);
    for (int i = 0; i < size; i++) {
      var info = new PeerInfo(Peers.id(dice), addresses(networks));
      int prefix = oneOf(dice.nextInt(4), dice.nextInt(240), dice.nextInt(200, 240), -1);
      pool.add(
          prefix < 0 ? Contact.of(info) : Peers.contactAt(own.key().beyond(prefix, dice), info));
    }
    return pool;
  }

  private List<Multiaddr> addresses(int networks) {
    var addresses = new ArrayList<Multiaddr>();
    for (int i = oneOf(0, 1, 1, 1, 2, 5); i > 0; i--) {
      int network = dice.nextInt(networks);
      addresses.add(
          Multiaddr.parse(
              switch (dice.nextInt(6)) {
                case 0 -> "/ip4/192.168.1.%d/tcp/1".formatted(network % 256);
                case 1 -> "/ip6/2001:%x::%d/tcp/1".formatted(network, 1 + i);
                case 2 -> "/ip4/12.%d.1.1/tcp/1".formatted(network % 256);
                default -> "/ip4/50.%d.1.%d/tcp/1".formatted(network % 256, 1 + i);
              }));
    }
    return addresses;
  }

  private void change(
      RoutingTable table,
      TableModel model,
      Contact contact,
      List<Contact> pool,
      int now,
      String which) {
    switch (dice.nextInt(11)) {
      case 0, 1, 2, 3 -> {
        Admission expected = model.add(contact, now);
        assertThat(table.add(contact, now)).as(which).isEqualTo(expected);
      }
      case 4 -> fill(table, model, pool, now);
      case 5 -> {
        Renewal expected = model.met(contact, now);
        assertThat(table.met(contact, now)).as(which).isEqualTo(expected);
      }
      case 6 -> {
        table.addSpare(contact);
        model.addSpare(contact);
      }
      case 7 -> {
        int bucket = Math.min(255, model.bucketOf(contact));
        Contact expected = model.takeSpare(bucket);
        assertThat(table.takeSpare(bucket)).as(which).isEqualTo(expected);
      }
      case 8 -> {
        table.answered(contact.key(), now);
        model.answered(contact, now);
      }
      case 9 -> {
        for (int i = oneOf(1, 1, 1, 200); i > 0; i--) {
          int expected = model.failed(contact);
          assertThat(table.failed(contact.key())).as(which).isEqualTo(expected);
        }
      }
      default -> {
        boolean expected = model.remove(contact);
        assertThat(table.remove(contact.key())).as(which).isEqualTo(expected);
      }
    }
  }

  private void fill(RoutingTable table, TableModel model, List<Contact> pool, int now) {
    var newcomers = new ArrayList<Contact>();
    for (int i = dice.nextInt(40); i > 0; i--) {
      Contact contact = pool.get(dice.nextInt(pool.size()));
      if (!model.contains(contact) && !newcomers.contains(contact)) {
        newcomers.add(contact);
      }
    }
    table.fill(newcomers, now);
    newcomers.forEach(contact -> model.add(contact, now));
  }

  private void compare(
      RoutingTable table, TableModel model, Contact contact, int now, String which) {
    KadKey target = dice.nextBoolean() ? contact.key() : KadKey.of(Peers.key(dice));
    int n = oneOf(0, 1, 3, 20, 1_000);
    assertThat(table.size()).as(which).isEqualTo(model.size());
    List<Contact> healthy = model.closest(target, n, true);
    assertThat(table.snapshot().closest(target, n)).as(which).isEqualTo(healthy);
    assertThat(table.snapshot().closest(target, n, contact.id()))
        .as(which)
        .isEqualTo(
            model.closest(target, 1_000, true).stream()
                .filter(other -> !other.equals(contact))
                .limit(n)
                .toList());
    assertThat(table.seeds(target, n))
        .as(which)
        .isEqualTo(healthy.size() == n ? healthy : model.closest(target, n, false));
    assertThat(table.contains(contact)).as(which).isEqualTo(model.contains(contact));
    assertThat(table.hasRoomFor(contact)).as(which).isEqualTo(model.hasRoomFor(contact));
    int since = now - dice.nextInt(20);
    assertThat(table.doubtful(since, contact::equals))
        .as(which)
        .isEqualTo(model.doubtful(since, contact));
    assertThat(table.view(now)).as(which).isEqualTo(model.view(now));
  }
}
