package io.kadenza.kad.internal.keeping;

import io.kadenza.multiformats.Bytes;
import io.kadenza.store.Store;
import io.kadenza.store.Table;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;

/// The secret of the hash by which provider records are named on the disk. It is made once and kept
/// with them: without it they cannot be found again.
record HashSeed(long first, long second) {
  private static final Bytes KEY = Bytes.utf8("provider hash seed");

  static HashSeed of(Store store) {
    Table facts = store.table("facts");
    Optional<Bytes> kept = facts.get(KEY).filter(seed -> seed.size() == 2 * Long.BYTES);
    if (kept.isEmpty()) {
      forgetAll(store.table(ProviderRows.RECORDS));
      byte[] fresh = new byte[2 * Long.BYTES];
      new SecureRandom().nextBytes(fresh);
      facts.put(KEY, Bytes.of(fresh));
      kept = Optional.of(Bytes.wrap(fresh));
    }
    ByteBuffer seed = kept.get().asBuffer();
    return new HashSeed(seed.getLong(), seed.getLong());
  }

  /// Records whose seed is lost are so as well; they are announced again within a day.
  private static void forgetAll(Table records) {
    records.forEach(entry -> records.delete(entry.key()));
  }
}
