package io.kadenza.gossip.mesh;

import io.kadenza.multiformats.PeerId;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The connected peers and the topics that they are in. All that is known of a peer goes when the
/// peer does, and a topic goes with its last peer. Sets keep the order of arrival, so that a seed
/// decides everything. Confined to the engine's thread.
public final class Peers {
  /// How many topics of one peer are remembered: as many as one RPC announces, and what rust
  /// remembers. How many peers there are is for the host's limits to say.
  public static final int MAX_TOPICS_PER_PEER = 100;

  /// What it takes to remember a peer in a topic, beside the topic's name.
  private static final int BYTES_FOR_EACH = 256;

  private final int maxBytes;
  private final Map<PeerId, Peer> connected = new LinkedHashMap<>();
  private final Map<String, Set<PeerId>> byTopic = new HashMap<>();

  /// What is taken for topics that we are not in, and some that we were not in once.
  private int bytes;

  /// Nobody yet.
  ///
  /// @param maxBytes of memory for topics that we are not in
  public Peers(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /// Adds a peer, or updates the protocol of one that is there.
  public void up(PeerId peer, MeshProtocol protocol) {
    connected.computeIfAbsent(peer, _ -> new Peer(protocol)).protocol = protocol;
  }

  /// Forgets a peer; returns the topics that it was in.
  public Set<String> down(PeerId peer) {
    Peer gone = connected.remove(peer);
    if (gone == null) {
      return Set.of();
    }
    gone.topics.keySet().forEach(topic -> removeFrom(topic, peer));
    bytes -= gone.bytes;
    return gone.topics.keySet();
  }

  /// Notes that a peer joined a topic; false if that is nothing new, or too much. Of topics that
  /// are not ours a peer may have as long as it takes no more memory than is still free, so that
  /// many who have many leave room for one who has a few.
  ///
  /// @param ours whether we are in the topic
  public boolean subscribe(PeerId peer, String topic, boolean ours) {
    Peer known = connected.get(peer);
    if (known == null
        || known.topics.size() >= MAX_TOPICS_PER_PEER
        || known.topics.containsKey(topic)) {
      return false;
    }
    int cost = ours ? 0 : BYTES_FOR_EACH + topic.length();
    if (cost > 0 && known.bytes + cost > maxBytes - bytes) {
      return false;
    }
    known.topics.put(topic, cost);
    known.bytes += cost;
    bytes += cost;
    return byTopic.computeIfAbsent(topic, _ -> new LinkedHashSet<>()).add(peer);
  }

  /// Notes that a peer left a topic; false if it was not in it.
  public boolean unsubscribe(PeerId peer, String topic) {
    Peer known = connected.get(peer);
    Integer cost = known == null ? null : known.topics.remove(topic);
    if (known == null || cost == null) {
      return false;
    }
    known.bytes -= cost;
    bytes -= cost;
    removeFrom(topic, peer);
    return true;
  }

  public boolean contains(PeerId peer) {
    return connected.containsKey(peer);
  }

  /// The connected peers; a view.
  public Set<PeerId> all() {
    return Collections.unmodifiableSet(connected.keySet());
  }

  /// The peers in a topic; a view.
  public Set<PeerId> in(String topic) {
    Set<PeerId> members = byTopic.get(topic);
    return members == null ? Set.of() : Collections.unmodifiableSet(members);
  }

  /// How many topics have peers.
  public int topics() {
    return byTopic.size();
  }

  Optional<MeshProtocol> protocol(PeerId peer) {
    return Optional.ofNullable(connected.get(peer)).map(p -> p.protocol);
  }

  private void removeFrom(String topic, PeerId peer) {
    byTopic.computeIfPresent(
        topic,
        (_, members) -> {
          members.remove(peer);
          return members.isEmpty() ? null : members;
        });
  }

  private static final class Peer {
    /// With what each takes of the memory for topics that we are not in.
    final Map<String, Integer> topics = new LinkedHashMap<>();

    int bytes;
    MeshProtocol protocol;

    Peer(MeshProtocol protocol) {
      this.protocol = protocol;
    }
  }
}
