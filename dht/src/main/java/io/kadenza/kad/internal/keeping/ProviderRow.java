package io.kadenza.kad.internal.keeping;

import io.kadenza.multiformats.Bytes;
import io.kadenza.store.Entry;
import java.nio.ByteBuffer;
import java.util.Optional;

/// A provider record as a row, short since there are many: under the hash of the content key and
/// the number of the peer, the second in which it expires and, for people, the key itself.
///
/// @param high one half of the hash; `low` is the other
record ProviderRow(long high, long low, int peer, Bytes value) {
  private static final int NAME_BYTES = 2 * Long.BYTES + Integer.BYTES;

  static ProviderRow of(long high, long low, int peer, Bytes content, long expires) {
    byte[] value = new byte[Integer.BYTES + content.size()];
    ByteBuffer.wrap(value).putInt((int) expires);
    content.copyTo(value, Integer.BYTES);
    return new ProviderRow(high, low, peer, Bytes.wrap(value));
  }

  /// Empty if this is no such row.
  static Optional<ProviderRow> of(Entry entry) {
    if (entry.key().size() != NAME_BYTES || entry.value().size() < Integer.BYTES) {
      return Optional.empty();
    }
    ByteBuffer name = entry.key().asBuffer();
    return Optional.of(
        new ProviderRow(name.getLong(), name.getLong(), name.getInt(), entry.value()));
  }

  static Bytes name(long high, long low, int peer) {
    return Bytes.wrap(
        ByteBuffer.allocate(NAME_BYTES).putLong(high).putLong(low).putInt(peer).array());
  }

  Bytes name() {
    return name(high, low, peer);
  }

  /// Seconds since 1970.
  long expires() {
    return Integer.toUnsignedLong(value.asBuffer().getInt());
  }

  Bytes content() {
    return value.slice(Integer.BYTES, value.size());
  }
}
