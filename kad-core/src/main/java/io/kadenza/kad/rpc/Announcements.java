package io.kadenza.kad.rpc;

import io.kadenza.kad.key.PeerWire;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.multiformats.wire.LengthPrefixed;
import io.kadenza.multiformats.wire.ProtoWriter;

/// Writes the ADD_PROVIDERs of one provider for many keys: the provider is encoded once. Confined
/// to one thread at a time.
public final class Announcements {
  private final byte[] provider;
  private final ProtoWriter out = new ProtoWriter(512);

  public Announcements(PeerInfo provider) {
    this.provider = PeerWire.encode(provider, PeerWire.MAX_ADDRESSES);
  }

  /// The request for one key, behind its length.
  public byte[] frame(Bytes key) {
    out.reset();
    out.varint(Wire.TYPE, Wire.ADD_PROVIDER)
        .bytes(Wire.KEY, key)
        .bytes(Wire.PROVIDER_PEERS, provider);
    return LengthPrefixed.frame(out);
  }
}
