package io.kadenza.host.internal.dial;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.multiformats.Multiaddr;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DialBackoffTest {
  private long now;
  private final DialBackoff backoff = new DialBackoff(() -> now);

  private static Multiaddr at(String ip, int port) {
    return Multiaddr.parse("/ip4/" + ip + "/tcp/" + port);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void anAddressIsLeftAloneTwiceAsLongEachTime() {
    Multiaddr address = at("11.0.0.1", 1);
    backoff.failed(address);
    assertThat(backoff.holds(address)).isTrue();
    pass(Duration.ofSeconds(5));
    assertThat(backoff.holds(address)).isFalse();

    backoff.failed(address);
    pass(Duration.ofSeconds(9));
    assertThat(backoff.holds(address)).isTrue();
    pass(Duration.ofSeconds(1));
    assertThat(backoff.holds(address)).isFalse();
  }

  @Test
  void t25AHostIsNotScannedForWhoeverNamesItsPorts() {
    for (int port = 1; port <= 10; port++) {
      assertThat(backoff.holds(at("11.0.0.1", port))).isFalse();
      backoff.failed(at("11.0.0.1", port));
    }

    assertThat(backoff.holds(at("11.0.0.1", 11))).isTrue();
    assertThat(backoff.holds(at("11.0.0.2", 11))).isFalse();
    pass(Duration.ofMinutes(1));
    assertThat(backoff.holds(at("11.0.0.1", 11))).isFalse();

    backoff.failed(at("11.0.0.1", 11));
    assertThat(backoff.holds(at("11.0.0.1", 12))).as("after one more").isTrue();
  }

  @Test
  void aHostThatAnswersSomewhereMayHaveDeadPorts() {
    for (int port = 1; port <= 100; port++) {
      backoff.failed(at("11.0.0.1", port));
      backoff.succeeded(at("11.0.0.1", 4_001));
    }

    assertThat(backoff.holds(at("11.0.0.1", 101))).isFalse();
  }

  @Test
  void inANetworkOfOurOwnManyShareAHost() {
    for (int port = 1; port <= 100; port++) {
      backoff.failed(at("127.0.0.1", port));
      backoff.failed(at("192.168.1.1", port));
    }

    assertThat(backoff.holds(at("127.0.0.1", 101))).isFalse();
    assertThat(backoff.holds(at("192.168.1.1", 101))).isFalse();
  }
}
