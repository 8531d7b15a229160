package io.kadenza.gossip.signing;

import io.kadenza.crypto.Identity;
import io.kadenza.gossip.rpc.Message;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.nio.ByteBuffer;
import java.time.Instant;

/// Writes our own messages: stamps them with our peer id and the next sequence number, and signs
/// them. Confined to the engine's thread.
public final class Author {
  private final Identity identity;
  private long lastSeqno;

  public Author(Identity identity) {
    this.identity = identity;
  }

  public PeerId peerId() {
    return identity.peerId();
  }

  /// A new signed message.
  public Message write(String topic, Bytes data, Now now) {
    lastSeqno = nextSeqno(now.wall());
    Bytes seqno = Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(lastSeqno).array());
    Bytes from = identity.peerId().bytes();
    var unsigned = new Message(from, data, seqno, topic, null, null, Bytes.EMPTY);
    return MessageSigning.sign(unsigned, identity);
  }

  /// "A linearly increasing number that is unique among messages": the time of day in nanoseconds,
  /// so that it also increases over restarts, and one more than the last where the clock stands
  /// still.
  private long nextSeqno(Instant wall) {
    long nanos = wall.getEpochSecond() * 1_000_000_000L + wall.getNano();
    return Math.max(lastSeqno + 1, nanos);
  }
}
