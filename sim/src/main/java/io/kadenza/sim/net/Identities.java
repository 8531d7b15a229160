package io.kadenza.sim.net;

import io.kadenza.kad.key.KadKey;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// Peers out of a seed. Their ids are hashes of keys that nobody has: nothing is signed in a
/// simulation.
public final class Identities {
  /// The code and length of a sha2-256 multihash.
  private static final byte[] HEAD = {0x12, 0x20};

  private static final int ID_BYTES = 34;
  private static final int PORT = 4001;

  private final RandomGenerator random;

  public Identities(RandomGenerator random) {
    this.random = random;
  }

  /// A peer at a public address of its own.
  public PeerInfo next() {
    return at(PeerId.of(idBytes()));
  }

  /// A peer whose place in the keyspace somebody has searched for.
  public PeerInfo ground(Predicate<KadKey> place) {
    while (true) {
      byte[] bytes = idBytes();
      if (place.test(KadKey.of(Bytes.wrap(bytes)))) {
        return at(PeerId.of(bytes));
      }
    }
  }

  private byte[] idBytes() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    System.arraycopy(HEAD, 0, bytes, 0, HEAD.length);
    return bytes;
  }

  private PeerInfo at(PeerId id) {
    // Public, and in none of the ranges with a meaning of their own.
    int first = random.nextBoolean() ? random.nextInt(11, 100) : random.nextInt(128, 169);
    byte[] address = {
      4,
      (byte) first,
      (byte) random.nextInt(256),
      (byte) random.nextInt(256),
      (byte) random.nextInt(1, 255),
      6,
      (byte) (PORT >>> 8),
      (byte) PORT
    };
    return new PeerInfo(id, List.of(Multiaddr.of(address)));
  }
}
