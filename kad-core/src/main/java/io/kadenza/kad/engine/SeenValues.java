package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.record.Validators;
import io.kadenza.multiformats.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The valid values of one key that were seen so far, in the order in which they came, and who has
/// which. Owned by one operation.
final class SeenValues {
  /// @param holder null for what we hold ourselves
  private record Seen(Record record, @Nullable Contact holder) {}

  private final Bytes key;
  private final Validators validators;
  private final List<Seen> all = new ArrayList<>();
  private int best = -1;

  SeenValues(Bytes key, Validators validators) {
    this.key = key;
    this.validators = validators;
  }

  /// @param holder null if it is ours
  void add(Record record, @Nullable Contact holder) {
    all.add(new Seen(record, holder));
    best = validators.select(key, all.stream().map(seen -> seen.record().value()).toList());
  }

  /// From how many they came. We are one of them, also where we keep one value for others and have
  /// published another.
  int count() {
    long ours = all.stream().filter(seen -> seen.holder() == null).count();
    return all.size() - (int) Math.max(0, ours - 1);
  }

  /// The best of them; empty if there is none.
  Optional<Record> best() {
    return best < 0 ? Optional.empty() : Optional.of(all.get(best).record());
  }

  /// Whether this has the best value, whenever it was taken in.
  boolean isBest(Record record) {
    return best >= 0 && all.get(best).record().value().equals(record.value());
  }

  /// Whether we hold one ourselves that is not the best.
  boolean isOursWorse() {
    return all.stream().anyMatch(seen -> seen.holder() == null && !isBest(seen.record()));
  }

  /// The others that have the best.
  List<Contact> holdersOfBest() {
    return holders(all.stream().filter(seen -> isBest(seen.record())));
  }

  /// The others that have another one.
  List<Contact> holdersOfWorse() {
    return holders(all.stream().filter(seen -> !isBest(seen.record())));
  }

  private static List<Contact> holders(Stream<Seen> some) {
    return some.map(Seen::holder).filter(Objects::nonNull).toList();
  }

  /// Whether one of the others that have a value is at least as far from the key.
  boolean isAmongHolders(Contact contact) {
    KadKey target = KadKey.of(key);
    return holders(all.stream()).stream()
        .anyMatch(holder -> target.compareDistance(contact.key(), holder.key()) <= 0);
  }
}
