package io.kadenza.kad.provide;

import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.record.ProviderLimits;
import io.kadenza.multiformats.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// A keystore in memory that holds a multihash of 34 bytes in some 50 bytes: keys lie packed and
/// sorted on shelves, one for each prefix of the keyspace. When the shelves get crowded there are
/// twice as many.
public final class MemoryKeystore implements Keystore {
  /// Keys per shelf on average before there are more shelves: few enough to be looked through and
  /// moved, enough for a shelf's own cost not to matter.
  private static final int CROWD = 64;

  private static final int MAX_BITS = 24;

  private final int maxKeys;
  private KeyShelf[] shelves = {new KeyShelf()};

  /// How many bits of a point say on which shelf it lies.
  private int bits;

  private int size;
  private int waiting;
  private @Nullable Instant sweptUntil;

  public MemoryKeystore(ProvideLimits limits) {
    this.maxKeys = limits.maxKeys();
  }

  @Override
  public Added add(Bytes key) {
    if (!ProviderLimits.isKey(key)) {
      return Added.INVALID;
    }
    long point = KadKey.of(key).high();
    KeyShelf shelf = shelves[shelfOf(point)];
    if (size >= maxKeys) {
      return shelf.find(point, key) >= 0 ? Added.KNOWN : Added.FULL;
    }
    if (!shelf.insert(point, key)) {
      return Added.KNOWN;
    }
    size++;
    waiting++;
    if (size > CROWD * shelves.length && bits < MAX_BITS) {
      doubleShelves();
    }
    return Added.NEW;
  }

  private int shelfOf(long point) {
    return bits == 0 ? 0 : (int) (point >>> (64 - bits));
  }

  private void doubleShelves() {
    var twice = new KeyShelf[2 * shelves.length];
    bits++;
    for (int i = 0; i < shelves.length; i++) {
      int half = 2 * i + 1;
      twice[half] = shelves[i].split((long) half << (64 - bits));
      twice[half - 1] = shelves[i];
    }
    shelves = twice;
  }

  @Override
  public boolean remove(Bytes key) {
    long point = KadKey.of(key).high();
    KeyShelf shelf = shelves[shelfOf(point)];
    int at = shelf.find(point, key);
    if (at < 0) {
      return false;
    }
    waiting -= shelf.told(at) == 0 ? 1 : 0;
    size--;
    shelf.delete(at);
    return true;
  }

  @Override
  public boolean contains(Bytes key) {
    return size > 0 && contains(Provided.of(key));
  }

  public boolean contains(Provided key) {
    return shelves[shelfOf(key.point())].find(key.point(), key.key()) >= 0;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int waiting() {
    return waiting;
  }

  @Override
  public List<Entry> list(@Nullable Bytes after, int limit) {
    var page = new ArrayList<Entry>();
    visit(
        Span.ALL,
        after,
        (shelf, at) -> {
          int told = shelf.told(at);
          page.add(
              new Entry(
                  shelf.key(at),
                  told == 0
                      ? Optional.empty()
                      : Optional.of(Instant.ofEpochSecond(Integer.toUnsignedLong(told)))));
          return page.size() < limit;
        },
        _ -> limit > 0);
    return page;
  }

  @Override
  public List<Provided> waiting(Span span, @Nullable Bytes after, int limit) {
    return collect(span, after, limit, told -> told == 0, shelf -> shelf.waiting() > 0);
  }

  @Override
  public List<Provided> notTold(
      Instant from, Instant to, Span span, @Nullable Bytes after, int limit) {
    int first = seconds(from);
    int last = seconds(to);
    return collect(
        span,
        after,
        limit,
        told -> Integer.compareUnsigned(told, first) < 0 || Integer.compareUnsigned(told, last) > 0,
        _ -> true);
  }

  private List<Provided> collect(
      Span span, @Nullable Bytes after, int limit, IntPredicate told, ShelfFilter filter) {
    var page = new ArrayList<Provided>();
    visit(
        span,
        after,
        (shelf, at) -> {
          if (told.test(shelf.told(at))) {
            page.add(new Provided(shelf.key(at), shelf.point(at)));
          }
          return page.size() < limit;
        },
        shelf -> limit > 0 && filter.isWorthALook(shelf));
    return page;
  }

  private interface ShelfFilter {
    boolean isWorthALook(KeyShelf shelf);
  }

  private interface Visitor {
    /// Looks at the key at an offset; false if it has seen enough.
    boolean visit(KeyShelf shelf, int at);
  }

  private void visit(Span span, @Nullable Bytes after, Visitor visitor, ShelfFilter filter) {
    if (span.isEmpty()) {
      return;
    }
    long first = (long) span.from() << 48;
    long last = ((long) span.to() << 48) - 1;
    long afterPoint = after == null ? 0 : KadKey.of(after).high();
    long start = Long.compareUnsigned(afterPoint, first) > 0 ? afterPoint : first;
    for (int i = shelfOf(start); i <= shelfOf(last); i++) {
      KeyShelf shelf = shelves[i];
      if (!filter.isWorthALook(shelf)) {
        continue;
      }
      for (int at = 0; at < shelf.bytes(); at = shelf.next(at)) {
        long point = shelf.point(at);
        if (Long.compareUnsigned(point, start) < 0
            || (after != null && shelf.compare(at, afterPoint, after) <= 0)) {
          continue;
        }
        if (Long.compareUnsigned(point, last) > 0 || !visitor.visit(shelf, at)) {
          return;
        }
      }
    }
  }

  @Override
  public void told(List<Provided> keys, Instant when) {
    mark(keys, seconds(when));
  }

  @Override
  public void untold(List<Provided> keys) {
    mark(keys, 0);
  }

  private void mark(List<Provided> keys, int told) {
    for (Provided key : keys) {
      KeyShelf shelf = shelves[shelfOf(key.point())];
      int at = shelf.find(key.point(), key.key());
      if (at >= 0) {
        waiting += (told == 0 ? 1 : 0) - (shelf.told(at) == 0 ? 1 : 0);
        shelf.told(at, told);
      }
    }
  }

  /// Seconds as an unsigned number, enough until 2106. Never 0, which means that a key is waiting.
  private static int seconds(Instant time) {
    return (int) Math.clamp(time.getEpochSecond(), 1, 0xffff_ffffL);
  }

  @Override
  public Optional<Instant> sweptUntil() {
    return Optional.ofNullable(sweptUntil);
  }

  @Override
  public void sweptUntil(Instant time) {
    sweptUntil = time;
  }
}
