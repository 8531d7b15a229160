package io.kadenza.kad.internal.keeping;

import io.kadenza.kad.record.ProviderJournal;
import io.kadenza.kad.record.ProviderLimits;
import io.kadenza.kad.record.RestoredProviders;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.store.Entry;
import io.kadenza.store.Store;
import io.kadenza.store.Table;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;

/// Provider records as rows. What the number of a peer stands for is a row of another table.
/// Confined to the engine.
final class ProviderRows implements ProviderJournal {
  static final String RECORDS = "providers";
  static final String PEERS = "provider_peers";

  private final Store store;
  private final Table records;
  private final Table peers;

  ProviderRows(Store store) {
    this.store = store;
    records = store.table(RECORDS);
    peers = store.table(PEERS);
  }

  /// What was stored while the clock was ahead must not live anew with each restart: what ends
  /// later than a time to live from now is written down as ending then. That may be all there is:
  /// what a slow disk has no room for now is written down at a later start.
  void readInto(RestoredProviders restored, ProviderLimits limits, Instant now) {
    long lastOfAddresses = end(limits.addressTtl(), now);
    peers.forEach(entry -> {
      if (entry.key().size() != Integer.BYTES) {
        peers.delete(entry.key());
        return;
      }
      int number = entry.key().asBuffer().getInt();
      PeerRow.decode(entry.value())
          .ifPresentOrElse(
              row -> {
                if (row.addressesExpire() > lastOfAddresses && store.accepts()) {
                  peer(number, row.peer(), row.ipGroup(), lastOfAddresses);
                }
                restored.peer(number, row.peer(), row.ipGroup(), row.addressesExpire());
              },
              () -> peerGone(number));
    });
    long last = end(limits.ttl(), now);
    records.forEach(entry -> read(entry, restored, last));
  }

  private static long end(Duration ttl, Instant now) {
    return now.getEpochSecond() + Math.min(ttl.toSeconds(), Integer.MAX_VALUE);
  }

  private void read(Entry entry, RestoredProviders restored, long last) {
    ProviderRow.of(entry)
        .ifPresentOrElse(
            row -> {
              if (row.expires() > last && store.accepts()) {
                stored(row.high(), row.low(), row.peer(), row.content(), last);
              }
              restored.record(row.high(), row.low(), row.peer(), row.expires());
            },
            () -> records.delete(entry.key()));
  }

  @Override
  public void peer(int number, PeerInfo peer, long ipGroup, long addressesExpire) {
    peers.put(name(number), new PeerRow(peer, ipGroup, addressesExpire).encode());
  }

  @Override
  public void peerGone(int number) {
    peers.delete(name(number));
  }

  static Bytes name(int number) {
    return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
  }

  @Override
  public void stored(long high, long low, int peer, Bytes key, long expires) {
    var row = ProviderRow.of(high, low, peer, key, expires);
    records.put(row.name(), row.value());
  }

  @Override
  public void removed(long high, long low, int peer) {
    records.delete(ProviderRow.name(high, low, peer));
  }
}
