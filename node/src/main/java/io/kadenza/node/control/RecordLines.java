package io.kadenza.node.control;

import io.kadenza.kad.HeldRecords;
import io.kadenza.kad.record.HeldValue;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.node.terminal.Escaped;
import io.kadenza.node.terminal.JsonLine;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Values and provider records as lines, whether a node that runs holds them or one that is
/// stopped.
///
/// @param isOwn whether a peer is the node itself
/// @param network which of two networks this is; empty for a node of one
record RecordLines(HeldRecords holder, Predicate<PeerId> isOwn, String network) {
  private static final int PAGE = 256;

  /// @param holders one, or that of the public network and that of the local one
  static List<RecordLines> of(List<? extends HeldRecords> holders, Predicate<PeerId> isOwn) {
    return holders.size() == 1
        ? List.of(new RecordLines(holders.getFirst(), isOwn, ""))
        : List.of(
            new RecordLines(holders.getFirst(), isOwn, "wan"),
            new RecordLines(holders.getLast(), isOwn, "lan"));
  }

  void answer(ControlRequest.OfRecords request, Consumer<JsonLine> lines) {
    switch (request) {
      case ControlRequest.Values _ -> list(lines);
      case ControlRequest.Show(Bytes key) -> show(key, lines);
    }
  }

  /// All values. Page by page, so that neither the holder is held up nor much is held in memory.
  private void list(Consumer<JsonLine> lines) {
    Instant now = Instant.now();
    Bytes after = Bytes.EMPTY;
    int count = 0;
    for (List<HeldValue> page = page(after); !page.isEmpty(); page = page(after)) {
      page.forEach(held -> lines.accept(value(held, now)));
      count += page.size();
      after = page.getLast().record().key();
    }
    lines.accept(
        line("kad.values/v1")
            .with("values", count)
            .with("provider_records", holder.providerRecords()));
  }

  private List<HeldValue> page(Bytes after) {
    return holder.heldValues(after, PAGE);
  }

  /// What there is under a key.
  private void show(Bytes key, Consumer<JsonLine> lines) {
    Instant now = Instant.now();
    holder
        .heldValue(key)
        .ifPresent(held -> {
          byte[] bytes = held.record().value().toArray();
          JsonLine line = value(held, now);
          Escaped.utf8(bytes).ifPresent(text -> line.with("value", text));
          lines.accept(line.with("value_base64", Base64.getEncoder().encodeToString(bytes)));
        });
    for (PeerInfo provider : holder.heldProviders(key)) {
      lines.accept(
          line("kad.provider/v1")
              .with("id", provider.id().toString())
              .with("addrs", provider.addresses().stream().map(Object::toString).toList()));
    }
  }

  private JsonLine value(HeldValue held, Instant now) {
    Bytes key = held.record().key();
    JsonLine line = line("kad.value/v1");
    Escaped.utf8(key.toArray()).ifPresent(text -> line.with("key", text));
    line.with("key_hex", key.toHex())
        .with("size", held.record().value().size())
        .with("from", held.from().toString())
        .with("own", isOwn.test(held.from()))
        .with("expires", held.expires().toString())
        .with("left_ms", Duration.between(now, held.expires()).toMillis());
    held.record()
        .received()
        .ifPresent(when -> line.with("age_ms", Duration.between(when, now).toMillis()));
    return line;
  }

  private JsonLine line(String schema) {
    JsonLine line = JsonLine.of(schema);
    return network.isEmpty() ? line : line.with("network", network);
  }
}
