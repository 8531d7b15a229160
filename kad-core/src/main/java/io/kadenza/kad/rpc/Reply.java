package io.kadenza.kad.rpc;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.PeerWire;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.multiformats.Varint;
import java.util.List;

/// A response that is made to fit: "trim addresses per peer, then providers, then closer peers;
/// never split".
final class Reply {
  /// How many addresses of each peer are kept, one try after another.
  private static final int[] ADDRESSES = {8, 4, 2, 1};

  private static final int CLOSER_TAG = Wire.CLOSER_PEERS << 3 | 2;
  private static final int PROVIDER_TAG = Wire.PROVIDER_PEERS << 3 | 2;

  private final byte[] head;
  private final byte[][] closer;
  private final byte[][] providers;
  private final List<Contact> closerPeers;
  private final List<PeerInfo> providerPeers;
  private int closerCount;
  private int providerCount;

  Reply(byte[] head, List<Contact> closerPeers, List<PeerInfo> providerPeers) {
    this.head = head;
    this.closerPeers = closerPeers;
    this.providerPeers = providerPeers;
    closer = new byte[closerPeers.size()][];
    providers = new byte[providerPeers.size()][];
    closerCount = closer.length;
    providerCount = providers.length;
    for (int i = 0; i < closerCount; i++) {
      closer[i] = closerPeers.get(i).wire();
    }
    for (int i = 0; i < providerCount; i++) {
      providers[i] = PeerWire.encode(providerPeers.get(i), PeerWire.MAX_ADDRESSES);
    }
  }

  byte[] fit(int limit) {
    int size = size();
    for (int i = 0; size > limit && i < ADDRESSES.length; i++) {
      trim(ADDRESSES[i]);
      size = size();
    }
    while (size > limit && providerCount > 0) {
      size -= framed(providers[--providerCount]);
    }
    while (size > limit && closerCount > 0) {
      size -= framed(closer[--closerCount]);
    }
    byte[] out = new byte[size];
    System.arraycopy(head, 0, out, 0, head.length);
    int at = head.length;
    for (int i = 0; i < closerCount; i++) {
      at = write(out, at, CLOSER_TAG, closer[i]);
    }
    for (int i = 0; i < providerCount; i++) {
      at = write(out, at, PROVIDER_TAG, providers[i]);
    }
    return out;
  }

  private void trim(int addresses) {
    for (int i = 0; i < closerCount; i++) {
      closer[i] = PeerWire.encode(closerPeers.get(i).info(), addresses);
    }
    for (int i = 0; i < providerCount; i++) {
      providers[i] = PeerWire.encode(providerPeers.get(i), addresses);
    }
  }

  private int size() {
    int size = head.length;
    for (int i = 0; i < closerCount; i++) {
      size += framed(closer[i]);
    }
    for (int i = 0; i < providerCount; i++) {
      size += framed(providers[i]);
    }
    return size;
  }

  private static int framed(byte[] peer) {
    return 1 + Varint.size(peer.length) + peer.length;
  }

  private static int write(byte[] out, int off, int tag, byte[] peer) {
    out[off] = (byte) tag;
    int at = Varint.put(out, off + 1, peer.length);
    System.arraycopy(peer, 0, out, at, peer.length);
    return at + peer.length;
  }
}
