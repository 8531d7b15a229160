package io.kadenza.kad.record;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.PeerId;
import java.time.Instant;
import java.util.List;

/// `/pk/<peer id in binary>`: "DHT servers MUST verify that the Peer ID derived from the full
/// public key matches the Peer ID encoded in the key".
public final class PublicKeyValidator implements Validator {
  /// What the keys begin with.
  public static final String PREFIX = "/pk/";

  private static final Bytes PREFIX_BYTES = Bytes.utf8(PREFIX);

  PublicKeyValidator() {}

  /// The key of a peer's public key.
  public static Bytes keyOf(PeerId peer) {
    return PREFIX_BYTES.concat(peer.bytes());
  }

  @Override
  public Verdict validate(Bytes key, Bytes value, Instant now) {
    if (!key.startsWith(PREFIX_BYTES)) {
      return Verdict.invalid("the key does not begin with " + PREFIX);
    }
    try {
      PeerId named = PeerId.of(key.slice(PREFIX_BYTES.size(), key.size()).toArray());
      PeerId derived = PeerId.ofPublicKey(value.toArray());
      return named.equals(derived)
          ? Verdict.valid()
          : Verdict.invalid("the public key belongs to another peer");
    } catch (MalformedException e) {
      return Verdict.invalid("not a public key record: " + e.getMessage());
    }
  }

  /// All valid values of a key are the same one.
  @Override
  public int select(Bytes key, List<Bytes> values) {
    return 0;
  }
}
