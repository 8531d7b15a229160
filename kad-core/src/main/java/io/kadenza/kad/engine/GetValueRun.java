package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.record.Sender;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// Finds the best value under a key, and brings those up to date that should have it and have
/// another or none: "nodes that returned worse records and nodes that returned no record but were
/// among the closest to the key are updated".
final class GetValueRun extends WalkRun<Outcome.Value> {
  private final Operation.GetValue operation;

  /// Takes the best value if ours is worse.
  private final Values local;

  private final SeenValues seen;

  /// Peers that hold something, but nothing valid.
  private final List<Contact> mistaken = new ArrayList<>();

  private boolean cancelled;

  GetValueRun(Node node, long id, long deadline, Operation.GetValue operation, Values local) {
    super(node, id, deadline);
    this.local = local;
    this.operation = operation;
    this.seen = new SeenValues(operation.key(), node.config.validators());
  }

  @Override
  void start() {
    Bytes key = operation.key();
    if (!node.config.records().isKey(key)) {
      // Peers refuse to be asked, and that is no fault of theirs.
      done(outcome(List.of(), LookupStats.none(Termination.STOPPED)));
      return;
    }
    Optional<Record> held = local.get(key).filter(this::isValid);
    held.ifPresent(value -> seen.add(value, null));
    local
        .published(key)
        .filter(own -> held.isEmpty() || !held.get().value().equals(own.value()))
        .ifPresent(own -> seen.add(own, null));
    // "If found, and Q == { 0, 1 }, the search is complete" - but with 0 we are asked for all there
    // is.
    if (operation.quorum() == 1 && seen.count() > 0) {
      done(outcome(List.of(), LookupStats.none(Termination.STOPPED)));
      return;
    }
    walkToHolders(new KadRequest.GetValue(key));
  }

  /// A value that is too large to be stored counts as none: a hundred of those who are asked could
  /// each have one as long as a message may be.
  private boolean isValid(Record record) {
    return record.key().equals(operation.key())
        && record.value().size() <= node.config.records().maxValueBytes()
        && node.config
            .validators()
            .validate(record.key(), record.value(), node.now.wall())
            .isValid();
  }

  @Override
  public boolean heard(Contact from, KadResponse response) {
    if (response instanceof KadResponse.Value(_, Optional<Record> found, _) && found.isPresent()) {
      Record record = found.get();
      if (isValid(record)) {
        seen.add(record, from);
        progress(new Finding.ValueSeen(record, from.info(), seen.isBest(record)));
      } else {
        mistaken.add(from);
      }
    }
    return operation.quorum() > 0 && seen.count() >= operation.quorum();
  }

  @Override
  void end(Termination reason) {
    cancelled = reason == Termination.CANCELLED;
    super.end(reason);
  }

  @Override
  public void walked(Walk walk) {
    List<Contact> closest = walk.closest();
    if (!cancelled) {
      // When a quorum or the time ends the walk early, the closest met so far need not be those
      // that should have the value; those that are no farther than somebody who has one should.
      List<Contact> keepers =
          isWhole(walk.stats().reason())
              ? closest
              : closest.stream().filter(seen::isAmongHolders).toList();
      seen.best().ifPresent(best -> correct(best.value(), keepers));
    }
    done(outcome(closest, walk.stats()));
  }

  private static boolean isWhole(Termination reason) {
    return reason == Termination.COMPLETED || reason == Termination.STARVED;
  }

  private Outcome.Value outcome(List<Contact> closest, LookupStats stats) {
    return new Outcome.Value(seen.best(), seen.count(), Contact.infos(closest), stats);
  }

  /// Sends the best value to whoever should have it. The outcome does not wait for how that ends.
  private void correct(Bytes value, List<Contact> keepers) {
    var best = new Record(operation.key(), value);
    if (seen.isOursWorse()) {
      local.put(best, Sender.of(node.id));
    }
    var stale = new LinkedHashSet<>(mistaken);
    stale.addAll(seen.holdersOfWorse());
    stale.addAll(keepers);
    seen.holdersOfBest().forEach(stale::remove);
    var put = new KadRequest.PutValue(best);
    var correction = new Correction(node.background);
    for (Contact contact : stale.stream().limit(2L * node.config.k()).toList()) {
      Rpc sent = node.ask(node.toDial(contact), put, correction, node.config.lookup().patience());
      if (sent != null) {
        node.background.take(1);
      }
    }
  }

  /// Counts as work in the background until it ends, in whatever way.
  private record Correction(Background background) implements Rpc.Owner {
    @Override
    public void answered(Rpc rpc, KadResponse response) {
      background.release();
    }

    @Override
    public void failed(Rpc rpc, RpcFailure why) {
      background.release();
    }
  }
}
