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
/// not answer is replaced by the next closest. If it knows before that it has arrived, those known
/// are told at once, and who is heard of afterwards as soon as it is.
///
/// The walk may take three quarters of the time: if it is not over by then, those found so far are
/// told, since a record at some peers is worth more than none.
abstract class StoreRun<O extends Outcome> extends WalkRun<O> {
  private final long finalDeadline;
  private @Nullable Spread spread;
  private boolean walked;
  private LookupStats stats = LookupStats.none(Termination.CANCELLED);

  StoreRun(Node node, long id, long deadline) {
    super(node, id, node.now.nanos() + (deadline - node.now.nanos()) / 4 * 3);
    this.finalDeadline = deadline;
  }

  /// What the closest peers are to be sent.
  abstract KadRequest request();

  abstract O outcome(List<PeerOutcome> perPeer, LookupStats walked);

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
  public void arrived(Walk walk) {
    if (node.config.lookup().eager()) {
      tell(walk.holders(), walk.known());
    }
  }

  private Spread tell(List<Contact> peers, List<Contact> known) {
    Spread told = spread == null ? new Spread(node, request(), this::spreadDone) : spread;
    spread = told;
    told.send(peers, known);
    return told;
  }

  @Override
  public void walked(Walk walk) {
    walked = true;
    stats = walk.stats();
    if (isOver()) {
      return;
    }
    if (stats.reason() == Termination.CANCELLED) {
      end(Termination.CANCELLED);
      return;
    }
    deadline(finalDeadline);
    boolean eager = node.config.lookup().eager();
    tell(eager ? walk.holders() : walk.closest(), walk.known()).complete();
  }

  private void spreadDone() {
    done(outcome(outcomes(), stats));
  }

  private List<PeerOutcome> outcomes() {
    Spread told = spread;
    return told == null ? List.of() : told.outcomes();
  }

  @Override
  void end(Termination reason) {
    if (!walked) {
      super.end(reason);
      return;
    }
    Spread told = spread;
    if (told != null) {
      told.abandon();
    }
    done(outcome(outcomes(), stats.withReason(reason)));
  }
}
