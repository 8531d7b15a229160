package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.record.Sender;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Bytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds the best value under a key, and brings those up to date that should have it and have
/// another or none: "nodes that returned worse records and nodes that returned no record but were
/// among the closest to the key are updated".
final class GetValueRun extends WalkRun {
  private final Operation.GetValue operation;

  /// Takes the best value if ours is worse.
  private final Values local;

  /// The valid values in the order in which they came, and who sent each; ours came from nobody.
  private final List<Bytes> values = new ArrayList<>();

  private final List<Optional<Contact>> senders = new ArrayList<>();
  private final List<Record> records = new ArrayList<>();

  /// Peers that hold something, but nothing valid.
  private final List<Contact> mistaken = new ArrayList<>();

  private int best = -1;
  private boolean cancelled;

  GetValueRun(Node node, long id, long deadline, Operation.GetValue operation, Values local) {
    super(node, id, deadline);
    this.local = local;
    this.operation = operation;
  }

  @Override
  void start() {
    Bytes key = operation.key();
    if (key.isEmpty() || key.size() > node.config.records().maxKeyBytes()) {
      // Peers refuse to be asked, and that is no fault of theirs.
      done(outcome(List.of(), LookupStats.none(Termination.STOPPED)));
      return;
    }
    node.records
        .get(key, node.now.wall())
        .filter(held -> isValid(held))
        .ifPresent(held -> take(Optional.empty(), held));
    // "If found, and Q == { 0, 1 }, the search is complete" - but with 0 we are asked for all there
    // is.
    if (operation.quorum() == 1 && best >= 0) {
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

  private void take(Optional<Contact> from, Record record) {
    values.add(record.value());
    senders.add(from);
    records.add(record);
    best = node.config.validators().select(operation.key(), values);
  }

  @Override
  public boolean heard(Contact from, KadResponse response) {
    if (response instanceof KadResponse.Value(_, Optional<Record> found, _) && found.isPresent()) {
      Record record = found.get();
      if (isValid(record)) {
        take(Optional.of(from), record);
        boolean isBest = values.get(best).equals(record.value());
        progress(new Finding.ValueSeen(record, from.info(), isBest));
      } else {
        mistaken.add(from);
      }
    }
    return operation.quorum() > 0 && values.size() >= operation.quorum();
  }

  @Override
  void end(Termination reason) {
    cancelled = reason == Termination.CANCELLED;
    super.end(reason);
  }

  @Override
  public void walked(Walk walk) {
    List<Contact> closest = walk.closest();
    if (best >= 0 && !cancelled) {
      boolean whole = walk.stats().reason() != Termination.STOPPED;
      correct(whole ? closest : closest.stream().filter(this::isAmongHolders).toList());
    }
    done(outcome(closest, walk.stats()));
  }

  private Outcome outcome(List<Contact> closest, LookupStats stats) {
    Optional<Record> found = best < 0 ? Optional.empty() : Optional.of(records.get(best));
    return new Outcome.Value(found, values.size(), Walk.infos(closest), stats);
  }

  /// Whether somebody who has a value is at least as far from the key. When a quorum ends the walk
  /// early, the closest met so far need not be those that should have the value; these are.
  private boolean isAmongHolders(Contact contact) {
    KadKey target = KadKey.of(operation.key());
    return senders.stream()
        .flatMap(Optional::stream)
        .anyMatch(holder -> target.compareDistance(contact.key(), holder.key()) <= 0);
  }

  /// Sends the best value to whoever should have it. The outcome does not wait for how that ends.
  private void correct(List<Contact> closest) {
    Bytes value = values.get(best);
    Set<Contact> upToDate = new HashSet<>();
    var stale = new ArrayList<>(mistaken);
    for (int i = 0; i < values.size(); i++) {
      Optional<Contact> sender = senders.get(i);
      if (values.get(i).equals(value)) {
        sender.ifPresent(upToDate::add);
      } else if (sender.isPresent()) {
        stale.add(sender.get());
      } else {
        local.put(new Record(operation.key(), value), Sender.of(node.id));
      }
    }
    for (Contact contact : closest) {
      if (!upToDate.contains(contact) && !stale.contains(contact)) {
        stale.add(contact);
      }
    }
    var put = new KadRequest.PutValue(new Record(operation.key(), value));
    int count = Math.min(stale.size(), 2 * node.config.k());
    var correction = new Correction(node.background);
    for (Contact contact : stale.subList(0, count)) {
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
