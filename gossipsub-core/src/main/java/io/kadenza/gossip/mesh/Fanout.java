package io.kadenza.gossip.mesh;

import io.kadenza.machine.Now;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// For topics that we publish to without being in them: the peers that our messages go to. The
/// topics are our own application's, of the last minute. Confined to the engine's thread.
public final class Fanout {
  /// `fanout_ttl`: how long after the last message a topic is kept.
  static final Duration TTL = Duration.ofSeconds(60);

  private final Degrees degrees;
  private final Peers peers;
  private final RandomGenerator random;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  public Fanout(Degrees degrees, Peers peers, RandomGenerator random) {
    this.degrees = degrees;
    this.peers = peers;
    this.random = random;
  }

  /// The peers for a message of ours; chosen now if the topic has none yet.
  public List<PeerId> publish(String topic, Now now) {
    Entry entry = entries.computeIfAbsent(topic, _ -> new Entry());
    entry.lastPublished = now.nanos();
    if (entry.members.isEmpty()) {
      fill(topic, entry);
    }
    return List.copyOf(entry.members);
  }

  /// The peers of a topic that we join, which is then no longer ours.
  public List<PeerId> release(String topic) {
    Entry entry = entries.remove(topic);
    return entry == null ? List.of() : List.copyOf(entry.members);
  }

  /// The topics, with their peers.
  public void forEach(TopicVisitor visitor) {
    entries.forEach((topic, entry) -> visitor.visit(topic, Set.copyOf(entry.members)));
  }

  /// A peer left a topic.
  public void remove(String topic, PeerId peer) {
    Entry entry = entries.get(topic);
    if (entry != null) {
      entry.members.remove(peer);
    }
  }

  /// Drops the topics of long ago and fills up the others.
  public void heartbeat(Now now) {
    entries.values().removeIf(entry -> now.nanos() - entry.lastPublished > TTL.toNanos());
    entries.forEach(this::fill);
  }

  private void fill(String topic, Entry entry) {
    Collection<PeerId> others = new LinkedHashSet<>(peers.in(topic));
    others.removeAll(entry.members);
    entry.members.addAll(Draw.some(others, degrees.target() - entry.members.size(), random));
  }

  /// Sees one topic and its peers.
  @FunctionalInterface
  public interface TopicVisitor {
    void visit(String topic, Set<PeerId> members);
  }

  private static final class Entry {
    final Set<PeerId> members = new LinkedHashSet<>();
    long lastPublished;
  }
}
