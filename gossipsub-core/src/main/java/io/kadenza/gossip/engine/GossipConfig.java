package io.kadenza.gossip.engine;

import io.kadenza.gossip.mesh.Degrees;
import io.kadenza.gossip.rpc.MessageIdFunction;
import io.kadenza.gossip.signing.SignaturePolicy;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;

/// What an application may set. The defaults are those of go-libp2p-pubsub.
///
/// @param degrees how many peers a mesh has
/// @param heartbeat the time between two rounds of upkeep
/// @param seenTtl for how long a message counts as a duplicate
/// @param floodPublish whether our own messages go to all peers of the topic and not to the mesh
///   alone
/// @param policy what is demanded of others' messages
/// @param messageId how messages are named; all peers of a topic must agree
/// @param maxHeldBytes of messages that are kept for a few heartbeats for whoever asks, and in half
///   of that room until their signatures are verified. As much each may be taken by what waits for
///   the engine, by the ids of what was seen, by the topics of peers that we are not in, and by
///   what waits in one subscription; twice as much by what waits for peers that read slowly. 4 MiB
///   at least
public record GossipConfig(
    Degrees degrees,
    Duration heartbeat,
    Duration seenTtl,
    boolean floodPublish,
    SignaturePolicy policy,
    MessageIdFunction messageId,
    int maxHeldBytes) {
  /// Thirty-two of the largest messages.
  private static final int HELD_BYTES_USUAL = 32 << 20;

  private static final int HELD_BYTES_LEAST = 4 << 20;
  private static final int HEAP_SHARE = 64;

  public static final GossipConfig DEFAULT =
      new GossipConfig(
          Degrees.DEFAULT,
          Duration.ofSeconds(1),
          Duration.ofMinutes(2),
          true,
          SignaturePolicy.STRICT_SIGN,
          MessageIdFunction.ORIGIN_STAMPED,
          HELD_BYTES_USUAL);

  public GossipConfig {
    Stream.of(degrees, policy, messageId).forEach(Objects::requireNonNull);
    if (heartbeat.compareTo(Duration.ofMillis(10)) < 0
        || heartbeat.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("a heartbeat takes 10 ms to 1 h, not " + heartbeat);
    }
    if (seenTtl.compareTo(heartbeat) < 0) {
      throw new IllegalArgumentException("seenTtl must span a heartbeat at least, not " + seenTtl);
    }
    if (maxHeldBytes < HELD_BYTES_LEAST) {
      throw new IllegalArgumentException(
          "the largest messages need maxHeldBytes of 4 MiB at least, not " + maxHeldBytes);
    }
  }

  /// These settings, with `maxHeldBytes`, if it is that of [#DEFAULT], cut to a sixty-fourth of a
  /// heap; in heaps below 256 MiB it is what it is in one of these.
  public GossipConfig fittedTo(long heapBytes) {
    if (maxHeldBytes != HELD_BYTES_USUAL) {
      return this;
    }
    long room = Math.max(HELD_BYTES_LEAST, heapBytes / HEAP_SHARE);
    return withMaxHeldBytes((int) Math.min(maxHeldBytes, room));
  }

  public GossipConfig withMaxHeldBytes(int other) {
    return new GossipConfig(degrees, heartbeat, seenTtl, floodPublish, policy, messageId, other);
  }

  public GossipConfig withDegrees(Degrees other) {
    return new GossipConfig(
        other, heartbeat, seenTtl, floodPublish, policy, messageId, maxHeldBytes);
  }

  public GossipConfig withHeartbeat(Duration other) {
    return new GossipConfig(degrees, other, seenTtl, floodPublish, policy, messageId, maxHeldBytes);
  }

  public GossipConfig withSeenTtl(Duration other) {
    return new GossipConfig(
        degrees, heartbeat, other, floodPublish, policy, messageId, maxHeldBytes);
  }

  public GossipConfig withFloodPublish(boolean other) {
    return new GossipConfig(degrees, heartbeat, seenTtl, other, policy, messageId, maxHeldBytes);
  }

  public GossipConfig withPolicy(SignaturePolicy other) {
    return new GossipConfig(
        degrees, heartbeat, seenTtl, floodPublish, other, messageId, maxHeldBytes);
  }

  public GossipConfig withMessageId(MessageIdFunction other) {
    return new GossipConfig(degrees, heartbeat, seenTtl, floodPublish, policy, other, maxHeldBytes);
  }
}
