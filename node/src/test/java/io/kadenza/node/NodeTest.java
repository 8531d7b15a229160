package io.kadenza.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.HostEvent;
import io.kadenza.kad.Network;
import io.kadenza.multiformats.Multiaddr;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static Node server() {
    return Node.start(
        Identity.generate(KeyType.ED25519),
        List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")),
        Part.SERVER,
        Network.LOCAL);
  }

  @Test
  void aNodeThatHasLostAllItsConnectionsIsCutOff() throws InterruptedException {
    try (Node node = server()) {
      assertThat(node.isCutOff()).isTrue();

      try (var events = node.host().events(64)) {
        try (Node other = server()) {
          node.routing().bootstrap(List.of(other.host().info()), LIMIT);
          assertThat(node.isAlone()).isFalse();
          assertThat(node.isCutOff()).isFalse();
        }
        while (!(events.next(LIMIT).orElseThrow() instanceof HostEvent.Disconnected)) {}
      }
      assertThat(node.isCutOff()).isTrue();
    }
  }
}
