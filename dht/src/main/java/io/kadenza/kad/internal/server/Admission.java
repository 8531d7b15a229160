package io.kadenza.kad.internal.server;

import io.kadenza.kad.engine.ServingLimits;
import io.kadenza.kad.internal.server.Caller.Account;
import io.kadenza.multiformats.PeerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/// Decides whose requests are served when, within [ServingLimits].
///
/// Each request pays a toll, out of the allowance of its peer and that of the peer's network; who
/// cannot pay waits until it has grown. Those that the engine has to work on also need a place: a
/// peer has few, and waits for one of its own. When all places are taken, or too many bytes wait,
/// the newest requests of whoever has been greediest of late give way, so that an honest peer keeps
/// being served while another floods.
///
/// Pure but for its locks: time is handed in as monotonic nanos. Holds something for each connected
/// peer that has asked and for a bounded number of networks.
final class Admission {
  /// What became of a request that asked for a place.
  sealed interface Entry {}

  /// It has one.
  record Admitted() implements Entry {}

  /// It has that of others, which are to be refused.
  record InsteadOf(List<Long> requestIds) implements Entry {
    InsteadOf {
      requestIds = List.copyOf(requestIds);
    }
  }

  /// It waits for one of its own peer's.
  record Parked() implements Entry {}

  /// There is none, and nobody has been greedier.
  record Refused() implements Entry {}

  private static final Entry ADMITTED = new Admitted();
  private static final Entry PARKED = new Parked();
  private static final Entry REFUSED = new Refused();

  private final ServingLimits limits;
  private final NetworkAllowances networks;
  private final Map<PeerId, Account> accounts = new HashMap<>();

  /// Those with requests in flight.
  private final Set<Account> working = new LinkedHashSet<>();

  private int inFlight;
  private long bytesInFlight;

  Admission(ServingLimits limits, long now) {
    this.limits = limits;
    this.networks = new NetworkAllowances(now);
  }

  /// A peer on a connection from a network; none for a private one.
  synchronized Caller caller(PeerId peer, OptionalLong network, long now) {
    Account account = accounts.computeIfAbsent(peer, _ -> new Account(peer, now));
    return new Caller(account, network.isPresent() ? networks.of(network.getAsLong(), now) : null);
  }

  /// The last connection of a peer is gone.
  synchronized void forget(PeerId peer) {
    accounts.remove(peer);
  }

  /// How many peers are remembered.
  synchronized int accounts() {
    return accounts.size();
  }

  /// Lets a request pay.
  ///
  /// @return 0 if it has, else the nanoseconds after which it may try again
  long toll(Caller caller, int bytes, long now) {
    long cost = limits.perPeer().cost(bytes);
    Allowance own = caller.account.allowance;
    Allowance network = caller.network;
    if (network == null) {
      own.note(cost, limits.perPeer(), now);
      return 0;
    }
    long wait = own.take(cost, limits.perPeer(), now);
    if (wait > 0) {
      return wait;
    }
    wait = network.take(limits.perNetwork().cost(bytes), limits.perNetwork(), now);
    if (wait > 0) {
      own.giveBack(cost);
    }
    return wait;
  }

  /// Finds a place for a request that has paid. If it is parked, it gets its toll back.
  ///
  /// @param postpone puts the request back; returns what is to be run when there may be a place
  synchronized Entry enter(
      Caller caller, long requestId, int bytes, long now, Supplier<Runnable> postpone) {
    Account account = caller.account;
    if (account.inFlight.size() >= limits.inFlightPerPeer()) {
      account.parked.add(postpone.get());
      refund(caller, bytes);
      return PARKED;
    }
    Entry entry = ADMITTED;
    if (!fits(inFlight + 1, bytesInFlight + bytes)) {
      Account greediest = greediest(account, now);
      List<Long> victims = greediest == account ? List.of() : inTheWay(greediest, bytes);
      if (victims.isEmpty()) {
        return REFUSED;
      }
      victims.forEach(victim -> left(greediest, victim));
      entry = new InsteadOf(victims);
    }
    account.inFlight.put(requestId, bytes);
    working.add(account);
    inFlight++;
    bytesInFlight += bytes;
    return entry;
  }

  /// One alone always does, however large.
  private boolean fits(int requests, long bytes) {
    return requests <= limits.inFlight() && (bytes <= limits.inFlightBytes() || requests == 1);
  }

  /// The newest requests of an account without which another of so many bytes would fit, none if it
  /// would not even without all of them.
  private List<Long> inTheWay(Account account, int bytes) {
    var newest = new ArrayList<Long>();
    int requests = inFlight + 1;
    long together = bytesInFlight + bytes;
    for (Map.Entry<Long, Integer> request : account.inFlight.sequencedEntrySet().reversed()) {
      newest.add(request.getKey());
      requests--;
      together -= request.getValue();
      if (fits(requests, together)) {
        return newest;
      }
    }
    return List.of();
  }

  private void refund(Caller caller, int bytes) {
    caller.account.allowance.giveBack(limits.perPeer().cost(bytes));
    if (caller.network != null) {
      caller.network.giveBack(limits.perNetwork().cost(bytes));
    }
  }

  /// The deepest in debt of those with a place and the newcomer, who is it only if nobody is as
  /// deep.
  private Account greediest(Account newcomer, long now) {
    Account greediest = newcomer;
    long most = newcomer.allowance.debt(now);
    for (Account account : working) {
      long debt = account.allowance.debt(now);
      if (debt > most) {
        most = debt;
        greediest = account;
      }
    }
    return greediest;
  }

  /// A request has left its place; without effect if it had to give way before.
  ///
  /// @return what lets parked requests of the same peer go on, to be run
  synchronized List<Runnable> leave(Caller caller, long requestId) {
    Account account = caller.account;
    left(account, requestId);
    if (account.parked.isEmpty()) {
      return List.of();
    }
    List<Runnable> again = List.copyOf(account.parked);
    account.parked.clear();
    return again;
  }

  private void left(Account account, long requestId) {
    Integer bytes = account.inFlight.remove(requestId);
    if (bytes == null) {
      return;
    }
    inFlight--;
    bytesInFlight -= bytes;
    if (account.inFlight.isEmpty()) {
      working.remove(account);
    }
  }
}
