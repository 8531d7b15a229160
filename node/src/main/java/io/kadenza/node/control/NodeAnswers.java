package io.kadenza.node.control;

import io.kadenza.host.Host;
import io.kadenza.host.Identification;
import io.kadenza.kad.Dht;
import io.kadenza.kad.metrics.Metrics;
import io.kadenza.kad.provide.SweepStats;
import io.kadenza.kad.table.TableView;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.node.Member;
import io.kadenza.node.Node;
import io.kadenza.node.terminal.JsonLine;
import io.kadenza.store.Health;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Answers for a node.
final class NodeAnswers implements Answers {
  private final Node node;
  private final Host host;

  NodeAnswers(Node node) {
    this.node = node;
    this.host = node.host();
  }

  @Override
  public void answer(ControlRequest request, Consumer<JsonLine> lines) {
    switch (request) {
      case ControlRequest.Status _ -> lines.accept(status());
      case ControlRequest.Table _ -> node.members().forEach(member -> table(member.dht(), lines));
      case ControlRequest.OfRecords asked ->
          RecordLines.of(node.members().stream().map(Member::dht).toList(), host.id()::equals)
              .forEach(records -> records.answer(asked, lines));
    }
  }

  /// Of the local network of two there is a part of its own.
  private JsonLine status() {
    JsonLine line =
        about(
            head("kad.status/v1", node.dht())
                .with("agent", host.agent())
                .with("addrs", node.addresses().stream().map(Object::toString).toList())
                .with("peers_connected", host.connectedPeers().size())
                .with("peers_known", host.peerstore().size()),
            node.dht());
    node.members().stream()
        .skip(1)
        .map(Member::dht)
        .forEach(lan -> line.with("lan", about(belonging(JsonLine.plain(), lan), lan).fields()));
    return line;
  }

  private static JsonLine about(JsonLine line, Dht dht) {
    line.with("table_peers", dht.table().size())
        .with("values", dht.values())
        .with("provider_records", dht.providerRecords());
    dht.networkSize().ifPresent(servers -> line.with("network_size", Math.round(servers)));
    SweepStats sweep = dht.providing();
    if (sweep.keys() > 0) {
      line.with("providing", providing(sweep).fields());
    }
    if (dht.health() instanceof Health.Degraded degraded) {
      line.with("degraded", degraded.message());
    }
    return line.with(
        "counters", dht.metrics().counters().stream().map(NodeAnswers::counter).toList());
  }

  private static JsonLine providing(SweepStats sweep) {
    return JsonLine.plain()
        .with("keys", sweep.keys())
        .with("waiting", sweep.waiting())
        .with("offline", sweep.offline())
        .with("cycle", sweep.cycle())
        .with("regions_left", sweep.regionsLeft())
        .with("lag_ms", sweep.lag().toMillis())
        .with("told", sweep.told())
        .with("missed", sweep.missed());
  }

  private static Map<String, Object> counter(Metrics.Counter counter) {
    return JsonLine.plain()
        .with("name", counter.name())
        .with("message_type", counter.messageType())
        .with("value", counter.value())
        .fields();
  }

  private JsonLine head(String schema, Dht dht) {
    return belonging(JsonLine.of(schema).with("id", host.id().toString()), dht);
  }

  private static JsonLine belonging(JsonLine line, Dht dht) {
    return line.with("protocol", dht.config().protocol())
        .with("mode", dht.mode().name().toLowerCase(Locale.ROOT));
  }

  private void table(Dht dht, Consumer<JsonLine> lines) {
    TableView table = dht.routingTable();
    JsonLine first = head("kad.table/v1", dht).with("k", table.k()).with("peers", table.size());
    table.refreshed().ifPresent(ago -> first.with("refreshed_ms", ago.toMillis()));
    dht.networkSize().ifPresent(servers -> first.with("network_size", Math.round(servers)));
    lines.accept(first);
    Set<PeerId> connected = new HashSet<>(host.connectedPeers());
    for (TableView.Bucket bucket : table.buckets()) {
      for (TableView.Peer peer : bucket.peers()) {
        lines.accept(
            peer("kad.table.peer/v1", bucket, peer.info())
                .with("answered_ms", peer.answered().toMillis())
                .with("failures", peer.failures())
                .with("connected", connected.contains(peer.info().id()))
                .with("agent", agent(peer.info().id())));
      }
      for (PeerInfo waiting : bucket.waiting()) {
        lines.accept(peer("kad.table.waiting/v1", bucket, waiting));
      }
    }
  }

  private static JsonLine peer(String schema, TableView.Bucket bucket, PeerInfo peer) {
    return JsonLine.of(schema)
        .with("bucket", bucket.prefix())
        .with("id", peer.id().toString())
        .with("addrs", addresses(peer));
  }

  private static List<String> addresses(PeerInfo peer) {
    return peer.addresses().stream().map(Object::toString).toList();
  }

  private String agent(PeerId peer) {
    return host.peerstore().identification(peer).map(Identification::agent).orElse("");
  }
}
