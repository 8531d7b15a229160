package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import java.util.List;

/// Finds the peers closest to a key.
final class FindClosestRun extends WalkRun<Outcome.Closest> {
  private final Operation.FindClosest operation;

  FindClosestRun(Node node, long id, long deadline, Operation.FindClosest operation) {
    super(node, id, deadline);
    this.operation = operation;
  }

  @Override
  void start() {
    if (operation.key().isEmpty()) {
      // Peers refuse to be asked, and that is no fault of theirs.
      done(new Outcome.Closest(List.of(), LookupStats.none(Termination.STOPPED)));
      return;
    }
    walk(new KadRequest.FindNode(operation.key()));
  }

  @Override
  public boolean heard(Contact from, KadResponse response) {
    return false;
  }

  @Override
  public void walked(Walk walk) {
    done(new Outcome.Closest(Contact.infos(walk.closest()), walk.stats()));
  }
}
