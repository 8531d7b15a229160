package io.kadenza.node.cli;

import io.kadenza.kad.record.ProviderLimits;
import io.kadenza.kad.record.PublicKeyValidator;
import io.kadenza.kad.record.RecordLimits;
import io.kadenza.kad.record.ipns.IpnsName;
import io.kadenza.multiformats.Base58;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Cid;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.PeerId;
import io.kadenza.node.Failure;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How a key is written on the command line.
final class KeySpelling {
  @Option(names = "--hex", description = "The key is bytes in hexadecimal, not text.")
  boolean hex;

  @Option(names = "--base58", description = "The key is bytes in base58, not text.")
  boolean base58;

  /// The bytes of a record key.
  Bytes recordKey(String text) {
    if (hex && base58) {
      throw Failure.usage("--hex and --base58 exclude each other");
    }
    if (text.isEmpty()) {
      throw Failure.usage("the key is empty");
    }
    try {
      Bytes key = bytes(text);
      int most = RecordLimits.DEFAULT.maxKeyBytes();
      if (key.size() > most) {
        throw Failure.usage("a key has 1 to " + most + " bytes, not " + key.size());
      }
      return key;
    } catch (MalformedException e) {
      throw Failure.usage("bad key: " + e.getMessage());
    }
  }

  private Bytes bytes(String text) {
    if (hex) {
      return Bytes.fromHex(text);
    }
    return base58 ? Bytes.wrap(Base58.decode(text)) : named(text);
  }

  /// The bytes of a key in text. Where the network's keys have a peer id in binary, text has it in
  /// any of its spellings: `/ipns/k51…`, `/pk/Qm…`.
  private static Bytes named(String text) {
    if (text.startsWith(IpnsName.PREFIX)) {
      return IpnsName.parse(text).key();
    }
    if (text.startsWith(PublicKeyValidator.PREFIX)) {
      String peer = text.substring(PublicKeyValidator.PREFIX.length());
      return PublicKeyValidator.keyOf(PeerId.parse(peer));
    }
    return Bytes.utf8(text);
  }

  /// The text of a key that has a peer id in binary, as `named(String)` reads it; empty for other
  /// keys.
  static Optional<String> named(Bytes key) {
    try {
      return Optional.of(IpnsName.ofKey(key).path());
    } catch (MalformedException noName) {
      return Optional.empty();
    }
  }

  /// The key for a message.
  static String shown(String text) {
    return MalformedException.quote(text);
  }

  /// The bytes of a key of either kind: the multihash if the text is a CID, else as for a record.
  Bytes anyKey(String text) {
    if (!hex && !base58) {
      try {
        return Cid.parse(text).multihash().bytes();
      } catch (MalformedException notOne) {
        // Any text is a key.
      }
    }
    return recordKey(text);
  }

  /// The bytes of a content key: the multihash if the text is a CID, else as for a record.
  Bytes contentKey(String text) {
    Bytes key = anyKey(text);
    if (key.size() > ProviderLimits.MAX_KEY_BYTES) {
      throw Failure.usage(
          "a content key has 1 to "
              + ProviderLimits.MAX_KEY_BYTES
              + " bytes, not "
              + key.size()
              + noCid(text));
    }
    return key;
  }

  /// Why long text was not read as a CID, which it may be meant to be unless it is a path.
  private String noCid(String text) {
    if (hex || base58 || text.startsWith("/")) {
      return "";
    }
    try {
      var _ = Cid.parse(text);
      return "";
    } catch (MalformedException why) {
      return "; it is " + why.getMessage();
    }
  }
}
