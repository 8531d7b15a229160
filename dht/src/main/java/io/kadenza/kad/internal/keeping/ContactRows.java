package io.kadenza.kad.internal.keeping;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.store.Entry;
import io.kadenza.store.Table;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// Peers worth keeping as rows in their order. Guarded by itself.
final class ContactRows {
  /// More are neither written nor read.
  private static final int MAX = 10_000;

  private final Table table;

  ContactRows(Table table) {
    this.table = table;
  }

  synchronized List<PeerInfo> read() {
    var peers = new ArrayList<PeerInfo>();
    for (Entry entry : table.scan(Bytes.EMPTY, MAX)) {
      PeerRow.decode(entry.value()).ifPresent(row -> peers.add(row.peer()));
    }
    return peers;
  }

  /// Replaces all of them. A row that has not changed is not written.
  synchronized void write(List<PeerInfo> peers) {
    var before = new HashMap<Bytes, Bytes>();
    table.forEach(entry -> before.put(entry.key(), entry.value()));
    for (int i = 0; i < Math.min(MAX, peers.size()); i++) {
      Bytes row = new PeerRow(peers.get(i), 0, 0).encode();
      Bytes old = before.remove(place(i));
      if (old == null || !old.equals(row)) {
        table.put(place(i), row);
      }
    }
    before.keySet().forEach(table::delete);
  }

  private static Bytes place(int number) {
    return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
  }
}
