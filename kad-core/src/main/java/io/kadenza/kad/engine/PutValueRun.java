package io.kadenza.kad.engine;

import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.record.StoreVerdict;
import io.kadenza.kad.rpc.KadRequest;
import java.util.List;

/// Stores a value here and at the peers closest to its key.
final class PutValueRun extends StoreRun {
  private final Record record;
  private final Values values;
  private Values.Decision local = new Values.Decision(StoreVerdict.STORED, "");

  PutValueRun(Node node, long id, long deadline, Operation.PutValue operation, Values values) {
    super(node, id, deadline);
    this.record = new Record(operation.key(), operation.value());
    this.values = values;
  }

  @Override
  void start() {
    local = values.put(record, node.id);
    switch (local.verdict()) {
      case INVALID, OUTDATED, TOO_LARGE ->
          done(outcome(List.of(), LookupStats.none(Termination.STOPPED)));
      // That we have no room for it is no reason for others not to have it.
      case STORED, QUOTA, FULL -> store(record.key());
    }
  }

  @Override
  KadRequest request() {
    return new KadRequest.PutValue(record);
  }

  @Override
  Outcome outcome(List<PeerOutcome> perPeer, LookupStats walked) {
    return new Outcome.Stored(perPeer, local.verdict(), local.why(), walked);
  }
}
