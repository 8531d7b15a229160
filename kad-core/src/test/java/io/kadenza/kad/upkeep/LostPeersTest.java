package io.kadenza.kad.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.net.Peers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LostPeersTest {
  private static final int DAY = 24 * 60 * 60;

  private final SplittableRandom random = new SplittableRandom(1);
  private final Contact self = Contact.of(Peers.info(random));

  /// The closest first.
  private List<Contact> peers(int count) {
    var peers = new ArrayList<Contact>();
    for (int i = 0; i < count; i++) {
      peers.add(Contact.of(Peers.info(random)));
    }
    peers.sort((a, b) -> self.key().compareDistance(a.key(), b.key()));
    return peers;
  }

  @Test
  void theClosestAreRememberedAndAskedInTurn() {
    List<Contact> peers = peers(10);
    var lost = new LostPeers(self.key(), 4);
    peers.reversed().forEach(peer -> lost.add(peer, 0));
    assertThat(lost.contains(peers.get(3))).isTrue();
    assertThat(lost.contains(peers.get(4))).isFalse();
    assertThat(lost.size()).isEqualTo(4);
    assertThat(lost.next(3, 1)).isEqualTo(peers.subList(0, 3));
    assertThat(lost.next(3, 2)).containsExactly(peers.get(3), peers.get(0), peers.get(1));
  }

  @Test
  void whoIsBackIsNotAskedAgain() {
    List<Contact> peers = peers(2);
    var lost = new LostPeers(self.key(), 4);
    peers.forEach(peer -> lost.add(peer, 0));
    lost.remove(peers.getFirst());
    assertThat(lost.next(3, 1)).containsExactly(peers.getLast());
  }

  @Test
  void afterADayTheyAreForgotten() {
    var lost = new LostPeers(self.key(), 4);
    Contact peer = peers(1).getFirst();
    lost.add(peer, 0);
    assertThat(lost.next(3, DAY)).containsExactly(peer);
    assertThat(lost.next(3, DAY + 1)).isEmpty();
    assertThat(lost.size()).isZero();
  }

  @Test
  void aPeerLostTwiceIsRememberedOnce() {
    var lost = new LostPeers(self.key(), 4);
    Contact peer = peers(1).getFirst();
    lost.add(peer, 0);
    lost.add(peer, 10);
    assertThat(lost.next(3, 10)).containsExactly(peer);
  }

  /// Against a list: whoever comes and goes, when and in whatever order.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theClosestOfTheLastDayAreRemembered(long seed) {
    var steps = new SplittableRandom(seed);
    List<Contact> peers = peers(40);
    var lost = new LostPeers(self.key(), 16);
    var expected = new ArrayList<Lost>();
    int now = 0;
    for (int step = 0; step < 2_000; step++) {
      now += steps.nextInt(2 * 60 * 60);
      Contact peer = peers.get(steps.nextInt(peers.size()));
      boolean known = expected.removeIf(other -> other.peer().equals(peer));
      assertThat(lost.contains(peer)).isEqualTo(known);
      if (steps.nextInt(3) == 0) {
        assertThat(lost.remove(peer)).isEqualTo(known);
      } else {
        lost.add(peer, now);
        expected.add(new Lost(peer, now));
        expected.sort(Comparator.comparing(one -> self.key().distance(one.peer().key())));
        expected.subList(Math.min(16, expected.size()), expected.size()).clear();
      }
      assertThat(lost.size()).isEqualTo(expected.size());
      if (steps.nextInt(4) == 0) {
        int present = now;
        expected.removeIf(one -> present - one.since() > DAY);
        assertThat(lost.next(16, now))
            .containsExactlyInAnyOrderElementsOf(expected.stream().map(Lost::peer).toList());
      }
    }
  }

  private record Lost(Contact peer, int since) {}
}
