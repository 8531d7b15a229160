package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.lookup.LookupConfig;
import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An operation that finds the peers closest to a key and sends each of them something to store.
///
/// An eager walk ends as soon as β of the closest have answered: by then the others are known, and
/// what they are sent to store asks them as well as a further question would. Whoever of them does
/// not answer is replaced by the next closest.
///
/// The walk may take three quarters of the time: if it is not over by then, those found so far are
/// told, since a record at some peers is worth more than none.
abstract class StoreRun extends WalkRun {
  private final long finalDeadline;
  private @Nullable Spread spread;
  private LookupStats stats = LookupStats.none(Termination.CANCELLED);

  StoreRun(Node node, long id, long deadline) {
    super(node, id, node.now.nanos() + (deadline - node.now.nanos()) / 4 * 3);
    this.finalDeadline = deadline;
  }

  /// What the closest peers are to be sent.
  abstract KadRequest request();

  abstract Outcome outcome(List<PeerOutcome> perPeer, LookupStats walked);

  /// Walks to a key, then sends [#request] to whom it found.
  final void store(Bytes key) {
    LookupConfig lookup = node.config.lookup();
    walkToKeepers(new KadRequest.FindNode(key), lookup.withFollowUp(!lookup.eager()));
  }

  @Override
  public boolean heard(Contact from, KadResponse response) {
    return false;
  }

  @Override
  public void walked(Walk walk) {
    stats = walk.stats();
    if (isOver()) {
      return;
    }
    if (stats.reason() == Termination.CANCELLED) {
      done(outcome(List.of(), stats));
      return;
    }
    deadline(finalDeadline);
    Spread started = new Spread(node, request(), holders(walk), walk.known(), this::spreadDone);
    spread = started;
    started.start();
  }

  private List<Contact> holders(Walk walk) {
    return node.config.lookup().eager() ? walk.holders() : walk.closest();
  }

  private void spreadDone() {
    Spread finished = spread;
    done(outcome(finished == null ? List.of() : finished.outcomes(), stats));
  }

  @Override
  void end(Termination reason) {
    Spread running = spread;
    if (running == null) {
      super.end(reason);
    } else {
      running.abandon();
      done(outcome(running.outcomes(), stats));
    }
  }
}
