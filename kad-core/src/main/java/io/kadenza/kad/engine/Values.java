package io.kadenza.kad.engine;

import io.kadenza.kad.record.Record;
import io.kadenza.kad.record.RecordLimits;
import io.kadenza.kad.record.Sender;
import io.kadenza.kad.record.StoreVerdict;
import io.kadenza.kad.record.Verdict;
import io.kadenza.multiformats.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The values kept here, and the one gate to them: sizes first, then validity, then whether the new
/// one is better, then quotas. Confined to the engine.
final class Values {
  /// @param why for people; empty when stored
  record Decision(StoreVerdict verdict, String why) {}

  private final Node node;

  Values(Node node) {
    this.node = node;
  }

  Decision put(Record record, Sender from) {
    Bytes key = record.key();
    Bytes value = record.value();
    RecordLimits limits = node.config.records();
    if (key.isEmpty()) {
      return new Decision(StoreVerdict.INVALID, "the key is empty");
    }
    if (!limits.isKey(key) || value.size() > limits.maxValueBytes()) {
      return new Decision(
          StoreVerdict.TOO_LARGE,
          "key of "
              + key.size()
              + " and value of "
              + value.size()
              + " bytes; at most "
              + limits.maxKeyBytes()
              + " and "
              + limits.maxValueBytes()
              + " are kept");
    }
    return switch (node.config.validators().validate(key, value, node.now.wall())) {
      case Verdict.Invalid(String why) -> new Decision(StoreVerdict.INVALID, why);
      case Verdict.Valid(Instant until) -> putIfBest(record, from, until);
    };
  }

  private Decision putIfBest(Record record, Sender from, Instant until) {
    Bytes key = record.key();
    Bytes value = record.value();
    if (!isNoWorse(key, value, get(key)) || !isNoWorse(key, value, published(key))) {
      return new Decision(StoreVerdict.OUTDATED, "a better value is here already");
    }
    StoreVerdict stored = node.records.put(record, from, node.now.wall(), until);
    return new Decision(stored, stored.isStored() ? "" : "the store is out of room: " + stored);
  }

  private boolean isNoWorse(Bytes key, Bytes value, Optional<Record> known) {
    return known.isEmpty()
        || known.get().value().equals(value)
        || node.config.validators().select(key, List.of(value, known.get().value())) == 0;
  }

  /// The value under a key, unless it has expired. It was valid when it was stored, and whoever
  /// asks for it will validate it again, so that is not done here: a signature costs as much as a
  /// hundred answers.
  Optional<Record> get(Bytes key) {
    return node.records.get(key, node.now.wall());
  }

  /// The value that this node published under a key, as long as it is valid. There may have been no
  /// room for it among those of others, or it was stored too long ago.
  Optional<Record> published(Bytes key) {
    return node.ownValues
        .get(key)
        .map(own -> new Record(key, own.value()))
        .filter(
            own -> node.config.validators().validate(key, own.value(), node.now.wall()).isValid());
  }
}
