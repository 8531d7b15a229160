package io.kadenza.sim.check;

import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.engine.PeerOutcome;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Bytes;
import io.kadenza.sim.net.Network;
import io.kadenza.sim.net.SimNode;
import io.kadenza.sim.net.Timeline;
import java.util.ArrayList;
import java.util.List;

/// Whoever has confirmed a value, is honest and has not stopped since, keeps a value under that key
/// until it expires there.
public final class AcknowledgedRecords implements Checker {
  private final Timeline timeline;
  private final List<Promise> promises = new ArrayList<>();

  private record Promise(SimNode by, int life, Bytes key, long until) {}

  public AcknowledgedRecords(Network network) {
    this.timeline = network.timeline();
  }

  @Override
  public void replied(SimNode by, KadRequest request, KadResponse response) {
    if (by.isHonest() && response instanceof KadResponse.Stored stored) {
      long until = timeline.nanos() + by.config().records().ttl().toNanos();
      promises.add(new Promise(by, by.life(), stored.key(), until));
    }
  }

  /// An outcome must not claim more than was confirmed.
  @Override
  public void done(SimNode node, long operationId, Outcome outcome) {
    if (outcome instanceof Outcome.Stored stored) {
      long claimed = stored.perPeer().stream().filter(PeerOutcome::isStored).count();
      if (claimed > node.config().k()) {
        throw new Violation("records", node + " claims " + claimed + " copies");
      }
    }
  }

  @Override
  public void inspect(Network network) {
    promises.removeIf(
        promise -> promise.until <= timeline.nanos() || promise.by.life() != promise.life);
    for (Promise promise : promises) {
      if (promise.by.records().get(promise.key, timeline.now().wall()).isEmpty()) {
        throw new Violation(
            "records", promise.by + " has lost a value that it confirmed: " + promise.key);
      }
    }
  }
}
