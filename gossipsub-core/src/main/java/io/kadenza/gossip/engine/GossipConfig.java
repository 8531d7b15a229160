package io.kadenza.gossip.engine;

import io.kadenza.gossip.mesh.Degrees;
import io.kadenza.gossip.rpc.MessageIdFunction;
import io.kadenza.gossip.signing.SignaturePolicy;
import java.time.Duration;

/// What an application may set. The defaults are those of go-libp2p-pubsub.
///
/// @param degrees how many peers a mesh has
/// @param heartbeat the time between two rounds of upkeep
/// @param seenTtl for how long a message counts as a duplicate
/// @param floodPublish whether our own messages go to all peers of the topic and not to the mesh
///   alone
/// @param policy what is demanded of others' messages
/// @param messageId how messages are named; all peers of a topic must agree
public record GossipConfig(
    Degrees degrees,
    Duration heartbeat,
    Duration seenTtl,
    boolean floodPublish,
    SignaturePolicy policy,
    MessageIdFunction messageId) {

  public static final GossipConfig DEFAULT =
      new GossipConfig(
          Degrees.DEFAULT,
          Duration.ofSeconds(1),
          Duration.ofMinutes(2),
          true,
          SignaturePolicy.STRICT_SIGN,
          MessageIdFunction.ORIGIN_STAMPED);

  public GossipConfig {
    if (heartbeat.compareTo(Duration.ofMillis(10)) < 0
        || heartbeat.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("a heartbeat takes 10 ms to 1 h, not " + heartbeat);
    }
    if (seenTtl.compareTo(heartbeat) < 0) {
      throw new IllegalArgumentException("seenTtl must span a heartbeat at least, not " + seenTtl);
    }
  }

  public GossipConfig withDegrees(Degrees other) {
    return new GossipConfig(other, heartbeat, seenTtl, floodPublish, policy, messageId);
  }

  public GossipConfig withHeartbeat(Duration other) {
    return new GossipConfig(degrees, other, seenTtl, floodPublish, policy, messageId);
  }

  public GossipConfig withSeenTtl(Duration other) {
    return new GossipConfig(degrees, heartbeat, other, floodPublish, policy, messageId);
  }

  public GossipConfig withFloodPublish(boolean other) {
    return new GossipConfig(degrees, heartbeat, seenTtl, other, policy, messageId);
  }

  public GossipConfig withPolicy(SignaturePolicy other) {
    return new GossipConfig(degrees, heartbeat, seenTtl, floodPublish, other, messageId);
  }

  public GossipConfig withMessageId(MessageIdFunction other) {
    return new GossipConfig(degrees, heartbeat, seenTtl, floodPublish, policy, other);
  }
}
