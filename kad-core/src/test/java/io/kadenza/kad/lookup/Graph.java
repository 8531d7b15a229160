package io.kadenza.kad.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.table.RoutingTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// Peers who each know some of the others, the nearer the more, and of whom a share is dead.
final class Graph {
  final SplittableRandom random;
  private final List<Contact> peers;
  private final Map<Contact, List<Contact>> known = new HashMap<>();
  final KadKey target;
  final Set<Contact> alive = new HashSet<>();
  private final Set<Contact> liars = new HashSet<>();
  final Set<Contact> heard = new HashSet<>();
  final List<Contact> asked = new ArrayList<>();
  int maxInFlight;

  Graph(long seed, int size, double dead) {
    random = new SplittableRandom(seed);
    target = KadKey.of(Peers.key(random));
    peers = Peers.contacts(size, random);
    for (Contact peer : peers) {
      if (random.nextDouble() >= dead) {
        alive.add(peer);
      }
      var table = new RoutingTable(peer.key(), 20);
      peers.forEach(other -> table.add(other, 0));
      known.put(peer, table.snapshot().closest(target, 20, peer.id()));
    }
  }

  /// Twenty peers with ids ground to be close to the target name each other only, and so does every
  /// tenth of the others.
  void makeLiars() {
    List<Contact> ground =
        Stream.generate(() -> Contact.of(Peers.id(random)))
            .limit(4_000)
            .sorted(Comparator.comparing(contact -> target.distance(contact.key())))
            .limit(20)
            .toList();
    for (int i = 0; i < peers.size(); i += 10) {
      liars.add(peers.get(i));
    }
    liars.addAll(ground);
    alive.addAll(ground);
    liars.forEach(liar -> known.put(liar, ground));
  }

  Contact closestHonest() {
    return closestAlive(400).stream().filter(c -> !liars.contains(c)).findFirst().orElseThrow();
  }

  List<Contact> closestAlive(int n) {
    return alive.stream()
        .sorted(Comparator.comparing(contact -> target.distance(contact.key())))
        .limit(n)
        .toList();
  }

  /// The closest of those whom the walk has heard of and that can be reached.
  List<Contact> closestHeardOf(int n) {
    return closestAlive(alive.size()).stream().filter(heard::contains).limit(n).toList();
  }

  Lookup walk(LookupConfig config) {
    asked.clear();
    maxInFlight = 0;
    Contact self = Peers.contact(random);
    var lookup = new Lookup(config, target, self.key(), peers.subList(0, 20), 0);
    heard.addAll(peers.subList(0, 20));
    var inFlight = new ArrayList<Contact>();
    while (!lookup.isOver()) {
      for (Contact next = lookup.next(0); next != null; next = lookup.next(0)) {
        asked.add(next);
        inFlight.add(next);
      }
      maxInFlight = Math.max(maxInFlight, lookup.inFlight());
      if (!inFlight.isEmpty()) {
        Contact done = inFlight.remove(random.nextInt(inFlight.size()));
        if (alive.contains(done)) {
          heard.addAll(known.get(done));
          lookup.answered(done, known.get(done));
        } else {
          lookup.failed(done);
        }
      } else {
        assertThat(lookup.isOver()).isTrue();
      }
    }
    return lookup;
  }
}
