package io.kadenza.kad.net;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.Multihash;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Peers out of thin air, or rather out of a seed.
public final class Peers {
  private Peers() {}

  public static PeerId id(RandomGenerator random) {
    byte[] digest = new byte[32];
    random.nextBytes(digest);
    return PeerId.of(Multihash.of(Multihash.SHA2_256, digest).bytes().toArray());
  }

  /// A peer at a public address of its own.
  public static PeerInfo info(RandomGenerator random) {
    return new PeerInfo(id(random), List.of(address(random)));
  }

  public static Multiaddr address(RandomGenerator random) {
    return Multiaddr.parse(
        "/ip4/%d.%d.%d.%d/tcp/%d"
            .formatted(
                random.nextInt(11, 100),
                random.nextInt(256),
                random.nextInt(256),
                random.nextInt(1, 255),
                random.nextInt(1024, 65536)));
  }

  public static Contact contact(RandomGenerator random) {
    return Contact.of(info(random));
  }

  /// A peer at a point of the test's choice. Nobody grinds an id that shares more than some dozens
  /// of bits with a given point, so none leads there.
  public static Contact contactAt(KadKey point, PeerInfo info) {
    try {
      var made =
          Contact.class.getDeclaredConstructor(
              PeerId.class, KadKey.class, List.class, PeerInfo.class);
      made.setAccessible(true);
      return made.newInstance(info.id(), point, List.of(), info);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  public static List<Contact> contacts(int count, RandomGenerator random) {
    var contacts = new ArrayList<Contact>(count);
    for (int i = 0; i < count; i++) {
      contacts.add(contact(random));
    }
    return contacts;
  }

  /// Contacts in the order of their distance to a key.
  public static List<Contact> contacts(int count, RandomGenerator random, KadKey near) {
    return contacts(count, random).stream()
        .sorted((a, b) -> near.compareDistance(a.key(), b.key()))
        .toList();
  }

  public static Bytes key(RandomGenerator random) {
    byte[] key = new byte[20];
    random.nextBytes(key);
    return Bytes.wrap(key);
  }
}
