package io.kadenza.kad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.kad.engine.AddressPolicy;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.record.Validators;
import io.kadenza.kad.record.Verdict;
import io.kadenza.kad.table.IpLimits;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multiaddr;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
  @Test
  void rule01TheIdsAreThoseOfTheOtherImplementations() {
    assertThat(Network.AMINO.protocol()).isEqualTo("/ipfs/kad/1.0.0");
    assertThat(Network.LAN.protocol()).isEqualTo("/ipfs/lan/kad/1.0.0");
    assertThat(Network.of("/my-app").protocol()).isEqualTo("/my-app/kad/1.0.0");
    assertThat(Network.of("/my-app").lan().protocol()).isEqualTo("/my-app/lan/kad/1.0.0");
  }

  @Test
  void rule18AminoTakesPublicAddressesFewOfOneIpGroupAndTwoKindsOfRecords() {
    KadConfig config = Network.AMINO.configure(KadConfig.DEFAULT);

    assertThat(config.k()).isEqualTo(20);
    assertThat(config.alpha()).isEqualTo(10);
    assertThat(config.addresses()).isEqualTo(AddressPolicy.PUBLIC);
    assertThat(config.ipLimits()).isEqualTo(new IpLimits(3, 2));
    assertThat(config.validators().isOpen()).isFalse();
    assertThat(config.validators().validate(Bytes.utf8("/v/x"), Bytes.utf8("x"), Instant.EPOCH))
        .isInstanceOfSatisfying(
            Verdict.Invalid.class, v -> assertThat(v.why()).contains("/ipns/, /pk/"));
  }

  @Test
  void aminoIsEnteredByTheFourPeersThatEverybodyKnows() {
    assertThat(Network.AMINO.bootstrapPeers())
        .hasSize(4)
        .allSatisfy(peer ->
            assertThat(peer.addresses())
                .containsExactly(Multiaddr.parse("/dnsaddr/bootstrap.libp2p.io")));
  }

  @Test
  void theAddressesOfOneBootstrapPeerBelongTogether() {
    String peer = "/p2p/" + Network.AMINO.bootstrapPeers().getFirst().id();
    var network =
        Network.of("/my-app")
            .withBootstrap(
                List.of(
                    Multiaddr.parse("/ip4/192.0.2.1/tcp/4001" + peer),
                    Multiaddr.parse("/dns4/example.com/tcp/4001" + peer)));

    assertThat(network.bootstrapPeers())
        .singleElement()
        .satisfies(one -> assertThat(one.addresses()).hasSize(2));
  }

  @Test
  void theLocalFormOfANetworkHasNoLimitsAndNoWayIn() {
    assertThat(Network.AMINO.lan())
        .isEqualTo(Network.LAN.withValidators(Network.AMINO.validators()));
    assertThat(Network.LAN.lan()).isEqualTo(Network.LAN);
    assertThat(Network.of("/my-app").lan())
        .satisfies(lan -> {
          assertThat(lan.ipLimits()).isEqualTo(IpLimits.NONE);
          assertThat(lan.addresses()).isEqualTo(AddressPolicy.ANY);
        });
  }

  @Test
  void anApplicationsOwnNamespacesJoinThoseThatAllHave() {
    var network = Network.of("/my-app").withValidators(Validators.open());

    assertThat(network.validators().isOpen()).isTrue();
    assertThat(Network.of("/my-app").validators().isOpen()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "my-app",
        "/my-app/",
        "/my app",
        "//x",
        "/ipfs",
        "/ipfs/lan",
        "/a\u001b[1m"
      })
  void refusesWhatIsNoPrefix(String prefix) {
    assertThatThrownBy(() -> Network.of(prefix))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\u001b"));
  }

  @Test
  void saysWhatToLeaveOutOfAWholeProtocolId() {
    assertThatThrownBy(() -> Network.of("/my-app/kad/1.0.0"))
        .hasMessageContaining("leave out /kad/1.0.0");
  }

  @Test
  void refusesAPrefixThatIsTooLong() {
    assertThatThrownBy(() -> Network.of("/" + "x".repeat(128)))
        .hasMessageContaining("128 characters at most");
  }

  @Test
  void refusesABootstrapAddressWithoutAPeer() {
    var nobody = List.of(Multiaddr.parse("/ip4/192.0.2.1/tcp/4001"));

    assertThatThrownBy(() -> Network.LAN.withBootstrap(nobody)).hasMessageContaining("/p2p/");
  }
}
