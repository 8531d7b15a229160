package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.net.Peers;
import io.kadenza.multiformats.PeerId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectedPeersTest {
  private final ConnectedPeers connected = new ConnectedPeers();

  @Test
  void nobodyIsConnectedAtFirst() {
    PeerId peer = Peers.id(new SplittableRandom(1));
    connected.remove(peer);
    assertThat(connected.contains(peer)).isFalse();
    assertThat(connected.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void itHoldsWhatASetWouldHold(long seed) {
    var random = new SplittableRandom(seed);
    List<PeerId> peers = Stream.generate(() -> Peers.id(random)).limit(60).toList();
    Set<PeerId> expected = new HashSet<>();
    for (int i = 0; i < 3_000; i++) {
      PeerId peer = peers.get(random.nextInt(peers.size()));
      if (random.nextBoolean()) {
        connected.add(peer);
        expected.add(peer);
      } else {
        connected.remove(peer);
        expected.remove(peer);
      }
      assertThat(connected.size()).as("seed %d, step %d", seed, i).isEqualTo(expected.size());
      for (PeerId one : peers) {
        assertThat(connected.contains(one))
            .as("seed %d, step %d", seed, i)
            .isEqualTo(expected.contains(one));
      }
    }
  }
}
