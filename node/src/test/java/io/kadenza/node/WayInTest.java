package io.kadenza.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.multiformats.Multiaddr;
import java.util.List;
import org.junit.jupiter.api.Test;

class WayInTest {
  private static WayIn.Failure failure(String address, String why) {
    return new WayIn.Failure(Multiaddr.parse(address), why);
  }

  @Test
  void addressesThatFailForOneReasonShareIt() {
    var way =
        new WayIn(
            List.of(),
            List.of(
                failure("/dnsaddr/a.example", "no such name"),
                failure("/ip4/192.0.2.1/tcp/1", "nobody listens"),
                failure("/dnsaddr/b.example", "no such name")));

    assertThat(way.blame())
        .isEqualTo(
            "/dnsaddr/a.example, /dnsaddr/b.example: no such name;"
                + " /ip4/192.0.2.1/tcp/1: nobody listens");
  }
}
