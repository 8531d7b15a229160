package io.kadenza.kad;

import io.kadenza.kad.engine.AddressPolicy;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.lookup.LookupConfig;
import io.kadenza.kad.record.Validators;
import io.kadenza.kad.record.ipns.IpnsValidator;
import io.kadenza.kad.table.IpLimits;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What all nodes of one DHT have to agree on. Two networks never mix: each has a protocol id of
/// its own.
///
/// ```java
/// Dht.builder(host).network(Network.AMINO).start();
/// Dht.builder(host).network(Network.of("/my-app")).validator("scores", scores).start();
/// ```
///
/// @param name for people: `amino`, `lan`, `local`, or the prefix of the protocol id
/// @param protocol what identify and multistream call it
/// @param k how many peers keep a record, and fit into a bucket
/// @param alpha how many requests of one lookup are in flight at most
/// @param addresses which addresses of others are dialled, kept and passed on
/// @param ipLimits how many peers of one network neighbourhood are taken in
/// @param validators which values may exist
/// @param bootstrap where a newcomer may begin; each address ends in `/p2p/…`
public record Network(
    String name,
    String protocol,
    int k,
    int alpha,
    AddressPolicy addresses,
    IpLimits ipLimits,
    Validators validators,
    List<Multiaddr> bootstrap) {
  private static final String SUFFIX = "/kad/1.0.0";
  private static final String LAN_PART = "/lan";

  /// Multistream and identify carry a protocol id in every conversation, so it had better be short.
  private static final int MAX_PREFIX = 128;

  private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

  /// The public network that IPFS stands on, with the rules that it asks of its nodes: `/pk/` and
  /// `/ipns/` records alone, public addresses alone, few peers of one IP group. The bootstrap peers
  /// are those that every implementation is shipped with.
  public static final Network AMINO =
      plain("amino", KadConfig.AMINO)
          .withAddresses(AddressPolicy.PUBLIC)
          .withIpLimits(IpLimits.DEFAULT)
          .withBootstrap(
              Stream.of(
                      "QmNnooDu7bfjPFoTZYxMNLWUQJyrVwtbZg5gBMjTezGAJN",
                      "QmQCU2EcMqAqQPR2i9bChDtGNJchTbq5TbXJJ16u19uLTa",
                      "QmbLHAnMoJPWSCR5Zhtx6BHJX9KiKNN6tpvbUcqanj75Nb",
                      "QmcZf59bWwK5XFi76CZX8cbJ4BhTzzA3gU1ZjYZcYW3dwt")
                  .map(id -> Multiaddr.parse("/dnsaddr/bootstrap.libp2p.io/p2p/" + id))
                  .toList());

  /// The DHT that IPFS nodes keep among those of one local network: any address, no limits to the
  /// peers of one IP group, the records of [#AMINO].
  public static final Network LAN = plain("lan", KadConfig.LAN);

  /// A network of one's own under the protocol id that all libraries have by default: any address,
  /// any value. For experiments and lessons, on one machine or a few.
  public static final Network LOCAL =
      plain("local", KadConfig.AMINO)
          .withIpLimits(IpLimits.DEFAULT)
          .withValidators(Validators.open().with("ipns", new IpnsValidator()));

  public Network {
    Stream.of(name, protocol, addresses, ipLimits, validators).forEach(Objects::requireNonNull);
    bootstrap = List.copyOf(bootstrap);
    for (Multiaddr address : bootstrap) {
      if (address.peerId().isEmpty()) {
        throw new IllegalArgumentException(
            "a bootstrap address ends in the peer expected there, /p2p/…: " + address);
      }
    }
  }

  /// The network of an application: the protocol id is `PREFIX/kad/1.0.0`, as go-libp2p forms it.
  /// Any address will do, and since the nodes of a young network often sit in one data centre, the
  /// peers of one IP group are not limited. Values are those of the namespaces that the application
  /// knows.
  ///
  /// @param prefix such as `/my-app`: parts of letters, digits and `._~-`, each behind a `/`
  /// @throws IllegalArgumentException if it is no prefix, or that of IPFS, whose rules are
  ///   [#AMINO]'s and [#LAN]'s
  public static Network of(String prefix) {
    if (prefix.length() > MAX_PREFIX || !PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "not a protocol prefix: "
              + MalformedException.quote(prefix)
              + "; expected the like of /my-app, letters, digits and ._~- behind each '/', "
              + MAX_PREFIX
              + " characters at most");
    }
    if (prefix.equals("/ipfs") || prefix.startsWith("/ipfs/")) {
      throw new IllegalArgumentException(
          prefix + " belongs to IPFS, whose networks are amino and lan");
    }
    if (prefix.endsWith(SUFFIX)) {
      throw new IllegalArgumentException(
          prefix + " is a whole protocol id; leave out " + SUFFIX + " at its end");
    }
    return plain(prefix, prefix + SUFFIX);
  }

  /// Any address, any number of peers of one IP group, the records of IPFS, and nobody to begin
  /// with.
  private static Network plain(String name, String protocol) {
    return new Network(
        name,
        protocol,
        LookupConfig.DEFAULT.k(),
        LookupConfig.DEFAULT.alpha(),
        AddressPolicy.ANY,
        IpLimits.NONE,
        Validators.strict().with("ipns", new IpnsValidator()),
        List.of());
  }

  /// The same network confined to a local one: `/my-app/kad/1.0.0` becomes `/my-app/lan/kad/1.0.0`,
  /// and what [#LAN] has instead of [#AMINO]'s rules holds.
  public Network lan() {
    if (protocol.endsWith(LAN_PART + SUFFIX)) {
      return this;
    }
    if (!protocol.endsWith(SUFFIX)) {
      throw new IllegalStateException(protocol + " has no form for a local network");
    }
    String prefix = protocol.substring(0, protocol.length() - SUFFIX.length()) + LAN_PART;
    return new Network(
        protocol.equals(KadConfig.AMINO) ? LAN.name : name + LAN_PART,
        prefix + SUFFIX,
        k,
        alpha,
        AddressPolicy.ANY,
        IpLimits.NONE,
        validators,
        List.of());
  }

  /// These rules under another protocol id, of whatever form: a network of its own.
  public Network withProtocol(String id) {
    return new Network(id, id, k, alpha, addresses, ipLimits, validators, bootstrap);
  }

  /// This network with other rules for its values.
  public Network withValidators(Validators rules) {
    return new Network(name, protocol, k, alpha, addresses, ipLimits, rules, bootstrap);
  }

  /// This network with another choice of addresses.
  public Network withAddresses(AddressPolicy policy) {
    return new Network(name, protocol, k, alpha, policy, ipLimits, validators, bootstrap);
  }

  /// This network with other peers to begin with.
  public Network withBootstrap(List<Multiaddr> peers) {
    return new Network(name, protocol, k, alpha, addresses, ipLimits, validators, peers);
  }

  /// This network with other limits to the peers of one IP group.
  public Network withIpLimits(IpLimits limits) {
    return new Network(name, protocol, k, alpha, addresses, limits, validators, bootstrap);
  }

  /// The bootstrap peers, for [Dht#bootstrap].
  public List<PeerInfo> bootstrapPeers() {
    Map<PeerId, List<Multiaddr>> byPeer = new LinkedHashMap<>();
    for (Multiaddr address : bootstrap) {
      byPeer.computeIfAbsent(address.peerId().orElseThrow(), _ -> new ArrayList<>()).add(address);
    }
    return byPeer.entrySet().stream().map(e -> new PeerInfo(e.getKey(), e.getValue())).toList();
  }

  /// The configuration of a node of this network that is otherwise as `base` has it.
  public KadConfig configure(KadConfig base) {
    return base.withProtocol(protocol)
        .withK(k)
        .withAlpha(alpha)
        .withAddresses(addresses)
        .withIpLimits(ipLimits)
        .withValidators(validators);
  }
}
