package io.kadenza.kad.internal.keeping;

import io.kadenza.kad.record.ProviderJournal;
import io.kadenza.kad.record.RestoredProviders;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.store.Entry;
import io.kadenza.store.Store;
import io.kadenza.store.Table;
import java.nio.ByteBuffer;

/// Provider records as rows, short ones since there are many: under the hash of the key and the
/// number of the peer, when the record expires and, for people, the key itself. What a number
/// stands for is a row of another table. Confined to the engine's thread.
final class ProviderRows implements ProviderJournal {
  static final String RECORDS = "providers";
  private static final String PEERS = "provider_peers";
  private static final int NAME_BYTES = 2 * Long.BYTES + Integer.BYTES;

  private final Table records;
  private final Table peers;

  ProviderRows(Store store) {
    records = store.table(RECORDS);
    peers = store.table(PEERS);
  }

  void readInto(RestoredProviders restored) {
    peers.forEach(entry -> {
      if (entry.key().size() != Integer.BYTES) {
        peers.delete(entry.key());
        return;
      }
      int number = entry.key().asBuffer().getInt();
      PeerRow.decode(entry.value())
          .ifPresentOrElse(
              row -> restored.peer(number, row.peer(), row.addressesExpire()),
              () -> peerGone(number));
    });
    records.forEach(entry -> read(entry, restored));
  }

  private void read(Entry entry, RestoredProviders restored) {
    if (entry.key().size() != NAME_BYTES || entry.value().size() < Integer.BYTES) {
      records.delete(entry.key());
      return;
    }
    ByteBuffer name = entry.key().asBuffer();
    long expires = Integer.toUnsignedLong(entry.value().asBuffer().getInt());
    restored.record(name.getLong(), name.getLong(), name.getInt(), expires);
  }

  @Override
  public void peer(int number, PeerInfo peer, long addressesExpire) {
    peers.put(name(number), new PeerRow(peer, addressesExpire).encode());
  }

  @Override
  public void peerGone(int number) {
    peers.delete(name(number));
  }

  private static Bytes name(int number) {
    return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
  }

  @Override
  public void stored(long high, long low, int peer, Bytes key, long expires) {
    byte[] value = new byte[Integer.BYTES + key.size()];
    ByteBuffer.wrap(value).putInt((int) expires);
    key.copyTo(value, Integer.BYTES);
    records.put(name(high, low, peer), Bytes.wrap(value));
  }

  @Override
  public void removed(long high, long low, int peer) {
    records.delete(name(high, low, peer));
  }

  private static Bytes name(long high, long low, int peer) {
    return Bytes.wrap(
        ByteBuffer.allocate(NAME_BYTES).putLong(high).putLong(low).putInt(peer).array());
  }
}
