package io.kadenza.kad.engine;

import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.record.ProviderLimits;
import io.kadenza.kad.record.StoreVerdict;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.multiformats.Bytes;
import java.util.List;

/// Announces us as a provider to the peers closest to a key.
final class ProvideRun extends StoreRun<Outcome.Provided> {
  private final Bytes key;
  private StoreVerdict local = StoreVerdict.TOO_LARGE;

  ProvideRun(Node node, long id, long deadline, Operation.Provide operation) {
    super(node, id, deadline);
    this.key = operation.key();
  }

  @Override
  void start() {
    if (!ProviderLimits.isKey(key)) {
      done(outcome(List.of(), LookupStats.none(Termination.STOPPED)));
      return;
    }
    local = node.provideHere(key);
    store(key);
  }

  @Override
  KadRequest request() {
    return new KadRequest.AddProvider(key, node.neighbourhood.own().info());
  }

  @Override
  Outcome.Provided outcome(List<PeerOutcome> perPeer, LookupStats walked) {
    return new Outcome.Provided(perPeer, local, walked);
  }
}
