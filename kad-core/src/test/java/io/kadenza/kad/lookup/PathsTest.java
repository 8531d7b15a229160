package io.kadenza.kad.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.net.Peers;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Walks on several paths that have nobody in common.
class PathsTest {
  private static final LookupConfig CONFIG = LookupConfig.DEFAULT;

  private final SplittableRandom random = new SplittableRandom(11);
  private final KadKey self = Peers.contact(random).key();
  private final KadKey target = KadKey.of(Peers.key(random));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void onSeveralPathsItFindsTheSameAndAsksNobodyTwice(long seed) {
    var network = new Graph(seed, 300, 0.1);
    Lookup lookup = network.walk(CONFIG.withPaths(8));
    assertThat(new HashSet<>(network.asked)).hasSameSizeAs(network.asked);
    assertThat(network.maxInFlight).isLessThanOrEqualTo(CONFIG.k());
    assertThat(lookup.closest()).as("seed %d", seed).isEqualTo(network.closestHeardOf(CONFIG.k()));
  }

  @Test
  void a5PathsPastThoseWhoNameOnlyAccomplicesFindTheClosest() {
    int withOne = 0;
    int withEight = 0;
    for (long seed = 0; seed < 20; seed++) {
      withOne += hijacked(seed, 1) ? 0 : 1;
      withEight += hijacked(seed, 8) ? 0 : 1;
    }
    // Beta answers end a path; without follow-up nothing else makes good for a captured one.
    assertThat(withEight).isGreaterThanOrEqualTo(19).isGreaterThan(withOne);
  }

  @Test
  void a5SeedsOfOneIpGroupShareAPath() {
    var seeds = new ArrayList<Contact>();
    var fellows = new ArrayList<Contact>();
    for (int i = 0; i < 8; i++) {
      fellows.add(at("/ip4/8.8." + i + ".1/tcp/4001"));
      seeds.add(fellows.getLast());
      seeds.add(at("/ip4/1" + i + ".9.9.9/tcp/4001"));
    }
    var config = CONFIG.withPaths(4).withAlpha(4).withBeta(1);
    var lookup = new Lookup(config, target, self, seeds, 0);
    var first = new HashSet<Contact>();
    for (Contact next = lookup.next(0); next != null; next = lookup.next(0)) {
      first.add(next);
    }
    // One for each path, and one neighbourhood has one path.
    assertThat(first).hasSize(4);
    first.retainAll(fellows);
    assertThat(first).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void aPathHasItsShareOfWhatMayBeInFlightAndNoMore() {
    var seeds = new ArrayList<Contact>();
    for (int i = 0; i < 8; i++) {
      seeds.add(at("/ip4/8.8." + i + ".1/tcp/4001"));
    }
    var config = CONFIG.withPaths(2).withAlpha(4);
    var lookup = new Lookup(config, target, self, seeds, 0);
    int asked = 0;
    while (lookup.next(0) != null) {
      asked++;
    }
    assertThat(asked).as("all seeds are on one of two paths").isEqualTo(2);
  }

  private Contact at(String address) {
    return Contact.of(new PeerInfo(Peers.id(random), List.of(Multiaddr.parse(address))));
  }

  private static boolean hijacked(long seed, int paths) {
    var network = new Graph(seed, 300, 0);
    network.makeLiars();
    Lookup lookup = network.walk(CONFIG.withPaths(paths).withFollowUp(false).withAlpha(8));
    return !lookup.closest().contains(network.closestHonest());
  }
}
