package io.kadenza.host.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.host.internal.pace.Paces;
import io.kadenza.multiformats.Multiaddr;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private long now;
  private final Arrivals arrivals = new Arrivals(() -> now);

  private static RemoteNetwork network(int number) {
    return RemoteNetwork.of(
        Multiaddr.parse("/ip4/203." + (number >> 8) + "." + (number & 255) + ".1/tcp/1"));
  }

  private int admitted(RemoteNetwork network, int of) {
    int admitted = 0;
    for (int i = 0; i < of; i++) {
      admitted += arrivals.admits(network) ? 1 : 0;
    }
    return admitted;
  }

  @Test
  void whoComesAndGoesAllTheTimeIsTurnedAwayAndNobodyElse() {
    assertThat(admitted(network(1), 1_000)).isEqualTo(Arrivals.AT_ONCE);
    assertThat(admitted(network(2), 8)).isEqualTo(8);

    now += Duration.ofSeconds(10).toNanos();
    assertThat(admitted(network(1), 1_000)).isEqualTo(10);
  }

  private int admittedOf(String region, int addresses) {
    int admitted = 0;
    for (int i = 0; i < addresses; i++) {
      var network = RemoteNetwork.of(Multiaddr.parse(String.format(region, i) + "/tcp/1"));
      admitted += arrivals.admits(network) ? 1 : 0;
    }
    return admitted;
  }

  @Test
  void manyNetworksOfOneOwnerShareWhatARegionMayHave() {
    int most = Arrivals.NETWORKS_OF_REGION * Arrivals.AT_ONCE;
    assertThat(admittedOf("/ip6/2001:db8:%x::1", 10_000)).isEqualTo(most);
    assertThat(admittedOf("/ip6/2001:db9:%x::1", 100)).isEqualTo(100);

    now += Duration.ofSeconds(10).toNanos();
    assertThat(admittedOf("/ip6/2001:db8:%x::1", 10_000))
        .isEqualTo(10 * Arrivals.NETWORKS_OF_REGION);
  }

  @Test
  void oneNetworkDoesNotTakeWhatItsNeighboursHave() {
    admitted(network(1), 100_000);

    assertThat(admitted(network(2), Arrivals.AT_ONCE)).isEqualTo(Arrivals.AT_ONCE);
  }

  @Test
  void onOneMachineThereMayBeAnyNumberOfPeers() {
    var here = RemoteNetwork.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/1"));

    assertThat(admitted(here, 10_000)).isEqualTo(10_000);
  }

  @Test
  void quietNetworksAreForgotten() {
    for (int i = 0; i < Paces.MAX; i++) {
      arrivals.admits(network(i));
    }
    assertThat(arrivals.size()).isEqualTo(Paces.MAX);

    now += Duration.ofSeconds(2).toNanos();
    assertThat(arrivals.admits(network(60_000))).isTrue();
    assertThat(arrivals.size()).isEqualTo(1);
  }

  @Test
  void aCrowdFromEverywhereIsAdmittedAsFastAsAThousandNetworksWouldBe() {
    int admitted = 0;
    for (int i = 0; i < 3 * Paces.MAX; i++) {
      admitted += arrivals.admits(network(i)) ? 1 : 0;
    }

    assertThat(admitted).isEqualTo(Paces.MAX + 1_024);
    assertThat(arrivals.size()).isEqualTo(Paces.MAX);
  }
}
