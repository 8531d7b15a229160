package io.kadenza.multiformats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PeerInfoTest {
  private static final PeerId ALICE =
      PeerId.parse("QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N");
  private static final PeerId BOB =
      PeerId.parse("12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA");

  private static List<Multiaddr> addresses(String... texts) {
    return Stream.of(texts).map(Multiaddr::parse).toList();
  }

  @Test
  void thePeersOwnIdIsTakenOffItsAddresses() {
    var info =
        new PeerInfo(ALICE, addresses("/ip4/1.2.3.4/tcp/1", "/ip4/1.2.3.4/tcp/2/p2p/" + ALICE));

    assertThat(info.addresses()).isEqualTo(addresses("/ip4/1.2.3.4/tcp/1", "/ip4/1.2.3.4/tcp/2"));
  }

  @Test
  void addressesOfOtherPeersAndBareIdsAreLeftOut() {
    var info =
        new PeerInfo(
            ALICE, addresses("/ip4/1.2.3.4/tcp/1/p2p/" + BOB, "/p2p/" + ALICE, "/p2p/" + BOB));

    assertThat(info.addresses()).isEmpty();
  }

  @Test
  void relayedAddressesKeepTheirRelay() {
    String relay = "/ip4/1.2.3.4/tcp/1/p2p/" + BOB + "/p2p-circuit";
    var info = new PeerInfo(ALICE, addresses(relay, relay + "/p2p/" + ALICE));

    assertThat(info.addresses()).isEqualTo(addresses(relay, relay));
  }

  @Test
  void theListIsACopy() {
    var source = new ArrayList<>(addresses("/ip4/1.2.3.4/tcp/1"));
    var info = new PeerInfo(ALICE, source);
    source.clear();

    assertThat(info.addresses()).hasSize(1).isUnmodifiable();
  }
}
