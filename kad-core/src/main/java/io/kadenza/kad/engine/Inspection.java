package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.provide.Keystore;
import io.kadenza.kad.provide.OwnValue;
import io.kadenza.kad.provide.SweepStats;
import io.kadenza.kad.record.HeldValue;
import io.kadenza.kad.table.TableView;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// A look at what an engine knows and holds, for people and their tools: it changes nothing. Of use
/// between two steps, by whoever drives the engine; what it returns is immutable.
public final class Inspection {
  private final Node node;
  private final Upkeep upkeep;
  private final Sweep sweep;
  private final Now now;

  Inspection(Node node, Upkeep upkeep, Sweep sweep, Now now) {
    this.node = node;
    this.upkeep = upkeep;
    this.sweep = sweep;
    this.now = now;
  }

  /// The routing table with all that is known of its peers' conduct.
  public TableView table() {
    return new TableView(
        node.config.k(), upkeep.refreshed(now.nanos()), node.table.view(Node.seconds(now)));
  }

  /// The servers that a later run should be told of with [EngineInput.Recall], the best first:
  /// those in the table, then others that have answered lately.
  ///
  /// @param limit how many at most
  public List<PeerInfo> worthSaving(int limit) {
    var best = new LinkedHashSet<Contact>(node.table.snapshot().all());
    best.addAll(node.cache.proven(limit, Node.seconds(now)));
    return best.stream().filter(Contact::hasAddresses).limit(limit).map(Contact::info).toList();
  }

  /// How many values are held, expired ones that nobody has swept yet included.
  public int valueCount() {
    return node.records.size();
  }

  /// Some of the values held, in the order of their keys; see
  /// [io.kadenza.kad.record.RecordStore#list].
  public List<HeldValue> values(Bytes after, int limit) {
    return List.copyOf(node.records.list(after, limit, now.wall()));
  }

  public Optional<HeldValue> value(Bytes key) {
    return node.records.held(key, now.wall());
  }

  /// All who have announced to us that they provide a key.
  public List<PeerInfo> providers(Bytes key) {
    return List.copyOf(node.providers.held(key, now.wall()));
  }

  /// How many provider records are held, expired ones that nobody has swept yet included.
  public int providerRecords() {
    return node.providers.size();
  }

  /// How far the network has been told of the provided keys.
  public SweepStats providing() {
    return sweep.stats();
  }

  /// A page of the provided keys.
  ///
  /// @param after the last key of the page before; empty for the first page
  public List<Keystore.Entry> provided(Optional<Bytes> after, int limit) {
    return List.copyOf(node.keystore.list(after.orElse(null), limit));
  }

  /// The published values.
  public List<OwnValue> published() {
    return List.copyOf(node.ownValues.all());
  }
}
