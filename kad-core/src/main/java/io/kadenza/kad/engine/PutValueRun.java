package io.kadenza.kad.engine;

import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.record.Sender;
import io.kadenza.kad.record.StoreVerdict;
import io.kadenza.kad.rpc.KadRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stores a value here and at the peers closest to its key.
final class PutValueRun extends StoreRun<Outcome.Stored> {
  private final Record record;
  private final Values values;
  private final @Nullable Republish republish;
  private Values.Decision local = new Values.Decision(StoreVerdict.STORED, "");

  /// @param republish who stores it again; null if nobody is to
  PutValueRun(
      Node node,
      long id,
      long deadline,
      Record record,
      Values values,
      @Nullable Republish republish) {
    super(node, id, deadline);
    this.record = record;
    this.values = values;
    this.republish = republish;
  }

  @Override
  void start() {
    local = values.put(record, Sender.of(node.id));
    switch (local.verdict()) {
      case INVALID, OUTDATED, TOO_LARGE ->
          done(outcome(List.of(), LookupStats.none(Termination.STOPPED)));
      // That we have no room for it is no reason for others not to have it.
      case STORED, QUOTA, FULL, UNAVAILABLE -> {
        if (republish == null || republish.begin(record)) {
          store(record.key());
        } else {
          local = new Values.Decision(StoreVerdict.FULL, "there is no room to keep it published");
          done(outcome(List.of(), LookupStats.none(Termination.STOPPED)));
        }
      }
    }
  }

  @Override
  KadRequest request() {
    return new KadRequest.PutValue(record);
  }

  @Override
  Outcome.Stored outcome(List<PeerOutcome> perPeer, LookupStats walked) {
    return new Outcome.Stored(perPeer, local.verdict(), local.why(), walked);
  }

  @Override
  void ended(Outcome.Stored outcome) {
    if (republish != null) {
      republish.ended(record, outcome);
    }
  }
}
