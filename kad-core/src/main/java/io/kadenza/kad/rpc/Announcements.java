package io.kadenza.kad.rpc;

import io.kadenza.kad.key.PeerWire;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.multiformats.wire.LengthPrefixed;
import io.kadenza.multiformats.wire.ProtoWriter;

/// Writes the ADD_PROVIDERs of one provider for many keys. Those for keys of equal length differ in
/// the bytes of the key alone, so all else is encoded once. Confined to one thread at a time.
public final class Announcements {
  private final byte[] provider;
  private final ProtoWriter out = new ProtoWriter(512);

  /// The frame that was written last, and the key in it.
  private byte[] frame = {};

  private int keyAt;
  private int keySize = -1;

  public Announcements(PeerInfo provider) {
    this.provider = PeerWire.encode(provider, PeerWire.MAX_ADDRESSES);
  }

  /// The request for one key, behind its length. The next call may write over it.
  public byte[] frame(Bytes key) {
    if (key.size() == keySize) {
      key.copyTo(frame, keyAt);
    } else {
      encode(key);
    }
    return frame;
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
