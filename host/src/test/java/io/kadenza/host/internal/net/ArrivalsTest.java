package io.kadenza.host.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

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

  @Test
  void onOneMachineThereMayBeAnyNumberOfPeers() {
    var here = RemoteNetwork.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/1"));

    assertThat(admitted(here, 10_000)).isEqualTo(10_000);
  }

  @Test
  void quietNetworksAreForgotten() {
    for (int i = 0; i < Arrivals.MAX; i++) {
      arrivals.admits(network(i));
    }
    assertThat(arrivals.size()).isEqualTo(Arrivals.MAX);

    now += Duration.ofSeconds(2).toNanos();
    assertThat(arrivals.admits(network(60_000))).isTrue();
    assertThat(arrivals.size()).isEqualTo(1);
  }

  @Test
  void aCrowdFromEverywhereIsAdmittedAsFastAsAThousandNetworksWouldBe() {
    int admitted = 0;
    for (int i = 0; i < 3 * Arrivals.MAX; i++) {
      admitted += arrivals.admits(network(i)) ? 1 : 0;
    }

    assertThat(admitted).isEqualTo(Arrivals.MAX + 1_024);
    assertThat(arrivals.size()).isEqualTo(Arrivals.MAX);
  }
}
