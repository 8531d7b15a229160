package io.kadenza.kad.record.ipns;

import io.kadenza.crypto.KeyType;
import io.kadenza.crypto.PrivateKey;
import io.kadenza.kad.record.Verdict;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Records, each with what is said of it and whether it is valid, and the owner who has signed most
/// of them.
final class IpnsCorpus {
  static final Instant END = Instant.parse("2123-08-14T12:17:03.694052Z");
  static final Duration TTL = Duration.ofMinutes(30);
  static final Bytes VALUE = Bytes.utf8("/ipfs/bafkqaddwgevxmmraojswg33smq");
  static final Bytes VALIDITY = Rfc3339.print(END);

  private final PrivateKey owner = PrivateKey.generate(KeyType.ED25519);
  private final PeerId name = owner.publicKey().peerId();
  private final List<String> lines = new ArrayList<>();

  PrivateKey owner() {
    return owner;
  }

  /// The owner's.
  PeerId name() {
    return name;
  }

  /// All that was added, one a line.
  List<String> lines() {
    return List.copyOf(lines);
  }

  /// Adds a record of that name, with our verdict about it.
  void add(String what, PeerId of, Bytes record) {
    Verdict verdict =
        new IpnsValidator()
            .validate(new IpnsName(of).key(), record, Instant.parse("2026-01-01T00:00:00Z"));
    lines.add(
        String.join("\t", what, verdict.isValid() ? "valid" : "invalid", "" + of, record.toHex()));
  }

  void add(String what, Bytes record) {
    add(what, name, record);
  }

  /// A V2 record around a document of our own.
  Bytes signed(Bytes document) {
    byte[] prefix = Bytes.utf8("ipns-signature:").toArray();
    Bytes all = Bytes.wrap(prefix).concat(document);
    return new IpnsEntry(Bytes.EMPTY, Bytes.wrap(owner.sign(all.toArray())), document).write();
  }
}
