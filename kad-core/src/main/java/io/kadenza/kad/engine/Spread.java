package io.kadenza.kad.engine;

import io.kadenza.kad.engine.PeerOutcome.Result;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.lookup.Patience;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One request sent to several peers, each of which is to store something. Whoever cannot be
/// reached, or is slow, is replaced by the next closest peer as long as there is one. Nobody waits
/// for a slow peer that was replaced or, once somebody has taken the record, for one that is given
/// up; they may still take it.
final class Spread implements Rpc.Owner, Hedges.Hedged {
  /// One of those who were sent the request.
  private static final class Target {
    final Contact peer;
    final @Nullable Rpc rpc;

    /// Monotonic nanos.
    final long slowAt;

    final long givenUpAt;
    Result result = Result.ABANDONED;

    /// Whether the end depends on it.
    boolean awaited;

    /// @param silent whether it was silent before: then it is slow at once, and given up when
    ///   others would be late
    Target(Contact peer, @Nullable Rpc rpc, boolean silent) {
      this.peer = peer;
      this.rpc = rpc;
      awaited = rpc != null;
      long sentAt = rpc == null ? 0 : rpc.sentAt();
      long usual = rpc == null ? 0 : rpc.slowAt();
      slowAt = silent ? sentAt : usual;
      givenUpAt = silent ? sentAt + (usual - sentAt) / 2 : Patience.givenUpAt(sentAt, usual);
    }

    boolean is(Rpc other) {
      return rpc != null && rpc.id() == other.id();
    }
  }

  private final Node node;
  private final KadRequest request;
  private final Runnable whenDone;
  private final List<Target> targets = new ArrayList<>();
  private final Set<Contact> sentTo = new HashSet<>();
  private final ArrayDeque<Contact> reserves = new ArrayDeque<>();
  private int waiting;

  /// Whether nobody else is to be told.
  private boolean complete;

  private boolean over;

  Spread(Node node, KadRequest request, Runnable whenDone) {
    this.node = node;
    this.request = request;
    this.whenDone = whenDone;
  }

  /// Sends it to peers, those left out who were sent it before.
  ///
  /// @param peers who is to store it
  /// @param known further peers, the closest first; some may be among `peers`
  void send(List<Contact> peers, List<Contact> known) {
    for (Contact peer : peers) {
      if (!sentTo.contains(peer)) {
        send(peer);
      }
    }
    reserves.clear();
    for (Contact contact : known) {
      if (reserves.size() < node.config.k() && !sentTo.contains(contact)) {
        reserves.add(contact);
      }
    }
  }

  /// Nobody else will be told: it is over when those who were have answered or failed.
  void complete() {
    complete = true;
    finishIfSettled();
  }

  private void send(Contact peer) {
    sentTo.add(peer);
    Rpc rpc = node.ask(node.toDial(peer), request, this, node.config.lookup().patience());
    var target = new Target(peer, rpc, node.isSilent(peer));
    targets.add(target);
    if (rpc == null) {
      target.result = Result.UNREACHABLE;
    } else {
      waiting++;
      if (node.config.lookup().hedged()) {
        node.hedges.watch(this, target.slowAt);
      }
    }
  }

  private void sendToNext() {
    Contact next = reserves.poll();
    if (next != null) {
      send(next);
    }
  }

  @Override
  public void answered(Rpc rpc, KadResponse response) {
    settle(rpc, isConfirmed(response) ? Result.STORED : Result.REFUSED);
  }

  /// The echo of a PUT_VALUE carries the value that was sent; go and js check no more. py without a
  /// record echoes at least the key, and leaves even that out when it refuses.
  private boolean isConfirmed(KadResponse response) {
    if (request instanceof KadRequest.PutValue put
        && response instanceof KadResponse.Stored(var key, Optional<Record> echo)) {
      return echo.map(record -> record.value().equals(put.record().value()))
          .orElseGet(() -> key.equals(put.key()));
    }
    return response instanceof KadResponse.ProviderAdded;
  }

  @Override
  public void sent(Rpc rpc) {
    settle(rpc, request instanceof KadRequest.AddProvider ? Result.SENT : Result.REFUSED);
  }

  @Override
  public void failed(Rpc rpc, RpcFailure why) {
    settle(rpc, PeerOutcome.resultOf(why));
  }

  private void settle(Rpc rpc, Result result) {
    for (Target target : targets) {
      if (target.is(rpc) && target.result == Result.ABANDONED && !over) {
        target.result = result;
        if (target.awaited) {
          target.awaited = false;
          waiting--;
          if (result == Result.UNREACHABLE || result == Result.TIMED_OUT) {
            sendToNext();
          }
        }
        break;
      }
    }
    finishIfSettled();
  }

  @Override
  public void hedge() {
    if (over) {
      return;
    }
    for (Target target : List.copyOf(targets)) {
      if (isSlow(target) && !reserves.isEmpty()) {
        target.awaited = false;
        waiting--;
        sendToNext();
      }
    }
    finishIfSettled();
  }

  private boolean isSlow(Target target) {
    return target.awaited && node.now.reached(target.slowAt);
  }

  @Override
  public OptionalLong slowAt() {
    long first = Node.NEVER;
    for (Target target : targets) {
      // Without reserves there is nothing to be done about slow peers until they are given up.
      long next = reserves.isEmpty() || isSlow(target) ? target.givenUpAt : target.slowAt;
      if (!over && target.awaited && !node.now.reached(next)) {
        first = Node.earlier(first, next);
      }
    }
    return first == Node.NEVER ? OptionalLong.empty() : OptionalLong.of(first);
  }

  private boolean isGivenUp(Target target) {
    return target.awaited && node.now.reached(target.givenUpAt);
  }

  /// Whether somebody has taken it and all others have had their time.
  private boolean isOthersTimeOver() {
    boolean taken = false;
    for (Target target : targets) {
      taken |= target.result == Result.STORED || target.result == Result.SENT;
      if (target.awaited && !isGivenUp(target)) {
        return false;
      }
    }
    return taken && node.config.lookup().hedged();
  }

  private void finishIfSettled() {
    if (complete && !over && (waiting == 0 || isOthersTimeOver())) {
      over = true;
      for (Target target : targets) {
        Rpc rpc = target.rpc;
        if (rpc != null && isGivenUp(target)) {
          target.result = Result.UNDER_WAY;
          node.silent.suspect(rpc, target.givenUpAt, node.now.nanos());
        }
      }
      node.hedges.forget(this);
      whenDone.run();
    }
  }

  /// Gives up on those who have not answered yet. Nothing further is reported.
  void abandon() {
    over = true;
    node.hedges.forget(this);
    for (Target target : targets) {
      if (target.rpc != null && target.result == Result.ABANDONED) {
        node.abandon(target.rpc);
      }
    }
  }

  /// One for each peer that was sent the request.
  List<PeerOutcome> outcomes() {
    var outcomes = new ArrayList<PeerOutcome>(targets.size());
    for (Target target : targets) {
      outcomes.add(new PeerOutcome(target.peer.info(), target.result));
    }
    return outcomes;
  }
}
