package io.kadenza.kad.record.ipns;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.Multibase;
import io.kadenza.multiformats.PeerId;
import java.util.Optional;

/// A name in IPNS: the id of the peer whose key signs its records.
public record IpnsName(PeerId owner) {
  /// What the paths and the DHT's keys of names begin with.
  public static final String PREFIX = "/ipns/";

  private static final Bytes KEY_PREFIX = Bytes.utf8(PREFIX);

  /// Reads a name as people write it: `k51…`, any other CID of a libp2p key, or a peer id in
  /// base58; each with or without `/ipns/` before it.
  ///
  /// @throws MalformedException when it is none of these, such as a DNSLink name
  public static IpnsName parse(String text) {
    String bare = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
    if (bare.contains(".")) {
      throw new MalformedException(
          "not an IPNS name: "
              + MalformedException.quote(bare)
              + " is one of the domain system, and DNSLink is not resolved; give the path in the"
              + " TXT record of its _dnslink subdomain, such as /ipns/k51…");
    }
    return new IpnsName(PeerId.parse(bare));
  }

  /// Reads the key of a name in the DHT.
  public static IpnsName ofKey(Bytes key) {
    if (!key.startsWith(KEY_PREFIX)) {
      throw MalformedException.onWire("the key does not begin with " + PREFIX);
    }
    return new IpnsName(PeerId.of(key.slice(KEY_PREFIX.size(), key.size())));
  }

  /// The key in the DHT: "/ipns/BINARY_ID".
  public Bytes key() {
    return KEY_PREFIX.concat(owner.bytes());
  }

  /// The path of the name: `/ipns/k51…`.
  public String path() {
    return PREFIX + this;
  }

  /// The spelling that fits into a domain's label: a version 1 CID in base36, `k51…`.
  @Override
  public String toString() {
    return owner.toCid().toString(Multibase.BASE36);
  }

  /// A content path that goes on from a name.
  ///
  /// @param rest what follows the name: empty, or beginning with `/`
  public record Below(IpnsName name, String rest) {

    /// Takes a path apart; empty if it is not one below a name, such as `/ipfs/…` or a DNSLink
    /// name's.
    public static Optional<Below> of(String path) {
      if (!path.startsWith(PREFIX)) {
        return Optional.empty();
      }
      int slash = path.indexOf('/', PREFIX.length());
      int end = slash < 0 ? path.length() : slash;
      try {
        return Optional.of(new Below(parse(path.substring(0, end)), path.substring(end)));
      } catch (MalformedException domainOrNothing) {
        return Optional.empty();
      }
    }
  }
}
