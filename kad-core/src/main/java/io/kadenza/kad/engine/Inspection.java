package io.kadenza.kad.engine;

import io.kadenza.kad.record.HeldValue;
import io.kadenza.kad.table.TableView;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import java.util.List;
import java.util.Optional;

/// A look at what an engine knows and holds, for people and their tools: it changes nothing. Of use
/// between two steps, on the engine's thread; what it returns is immutable.
public final class Inspection {
  private final Node node;
  private final Upkeep upkeep;
  private final Now now;

  Inspection(Node node, Upkeep upkeep, Now now) {
    this.node = node;
    this.upkeep = upkeep;
    this.now = now;
  }

  /// The routing table with all that is known of its peers' conduct.
  public TableView table() {
    return new TableView(
        node.config.k(), upkeep.refreshed(now.nanos()), node.table.view(Node.seconds(now)));
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
}
