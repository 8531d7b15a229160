package io.kadenza.kad.rpc;

import io.kadenza.kad.key.PeerWire;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.multiformats.wire.LengthPrefixed;
import io.kadenza.multiformats.wire.ProtoWriter;
import java.util.List;

/// Writes the ADD_PROVIDERs of one provider for many keys. Those for keys of equal length differ in
/// the bytes of the key alone, so all else is encoded once. Confined to one thread at a time.
public final class Announcements {
  private final byte[] provider;
  private final ProtoWriter out = new ProtoWriter(512);

  /// One frame, the pattern of those for keys of that length, and where the key stands in it.
  private byte[] frame = {};

  private int keyAt;
  private int keySize = -1;

  public Announcements(PeerInfo provider) {
    this.provider = PeerWire.encode(provider, PeerWire.MAX_ADDRESSES);
  }

  /// The requests for a list's keys from `from` on, each behind its length: as many as are of equal
  /// length, end before `to` and fit into `room` bytes, but one at least.
  public byte[] frames(List<Bytes> keys, int from, int to, int room) {
    if (keys.get(from).size() != keySize) {
      encode(keys.get(from));
    }
    int most = Math.min(to - from, Math.max(1, room / frame.length));
    int count = 1;
    while (count < most && keys.get(from + count).size() == keySize) {
      count++;
    }
    byte[] frames = new byte[count * frame.length];
    for (int i = 0, at = 0; i < count; i++, at += frame.length) {
      System.arraycopy(frame, 0, frames, at, frame.length);
      keys.get(from + i).copyTo(frames, at + keyAt);
    }
    return frames;
  }

  /// How long each of the frames is that were made last.
  public int frameBytes() {
    return frame.length;
  }

  private void encode(Bytes key) {
    out.reset().varint(Wire.TYPE, Wire.ADD_PROVIDER).bytes(Wire.KEY, key);
    int head = out.size();
    out.bytes(Wire.PROVIDER_PEERS, provider);
    frame = LengthPrefixed.frame(out);
    keySize = key.size();
    keyAt = frame.length - (out.size() - head) - keySize;
  }
}
