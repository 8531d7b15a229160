package io.kadenza.gossip.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.gossip.engine.GossipInput;
import io.kadenza.gossip.mesh.MeshProtocol;
import io.kadenza.gossip.rpc.Rpc;
import io.kadenza.gossip.rpc.SubOpts;
import io.kadenza.host.Host;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PeerLinkTest {
  private static Host host() {
    return Host.builder(Identity.generate(KeyType.ED25519)).listen("/ip4/127.0.0.1/tcp/0").start();
  }

  /// What other peers' queues hold may leave none, and there is no stream yet to be opened anew.
  @Test
  void anAnnouncementThatFoundNoRoomBeforeTheStreamWasOpenIsMadeAgain() throws Exception {
    try (Host host = host();
        Host other = host()) {
      other.handle(MeshProtocol.V1_1.id(), stream -> stream.readFrame(1_024));
      host.connect(other.info(), Duration.ofSeconds(20));
      var told = new LinkedBlockingQueue<GossipInput>();
      var link =
          new PeerLink(
              other.id(), host, MeshProtocol.V1_1, new OutboundRoom(0), null, told::add, _ -> {});

      link.send(Rpc.of(new SubOpts(true, "topic")));
      link.start();

      var up = new GossipInput.PeerUp(other.id(), MeshProtocol.V1_1);
      assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo(up);
      assertThat(told.poll(20, TimeUnit.SECONDS)).as("once more").isEqualTo(up);
      link.close();
    }
  }
}
