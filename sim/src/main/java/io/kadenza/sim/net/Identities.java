package io.kadenza.sim.net;

import io.kadenza.kad.key.KadKey;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.util.ArrayList;
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

  /// A network of 256 addresses: its first three bytes.
  private record Subnet(byte first, byte second, byte third) {}

  private final RandomGenerator random;
  private final List<Subnet> networks = new ArrayList<>();
  private int next;

  public Identities(RandomGenerator random) {
    this.random = random;
  }

  /// Gives all further peers addresses in few networks, in turn.
  ///
  /// @param count how many networks of 256 addresses; 0 for addresses all over the internet
  public Identities within(int count) {
    networks.clear();
    for (int i = 0; i < count; i++) {
      networks.add(subnet());
    }
    return this;
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

  private Subnet subnet() {
    // Public, and in none of the ranges with a meaning of their own.
    int first = random.nextBoolean() ? random.nextInt(11, 100) : random.nextInt(128, 169);
    return new Subnet((byte) first, (byte) random.nextInt(256), (byte) random.nextInt(256));
  }

  private PeerInfo at(PeerId id) {
    Subnet subnet = networks.isEmpty() ? subnet() : networks.get(next++ % networks.size());
    byte[] address = {
      4,
      subnet.first,
      subnet.second,
      subnet.third,
      (byte) random.nextInt(1, 255),
      6,
      (byte) (PORT >>> 8),
      (byte) PORT
    };
    return new PeerInfo(id, List.of(Multiaddr.of(address)));
  }
}
