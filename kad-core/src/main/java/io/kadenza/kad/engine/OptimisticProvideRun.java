package io.kadenza.kad.engine;

import io.kadenza.kad.engine.PeerOutcome.Result;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.provide.Likelihood;
import io.kadenza.kad.record.StoreVerdict;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/// Announces us as a provider without waiting for certainty: whoever is probably one of the k
/// closest, given how large the network is, is told during the walk; the walk ends as soon as the
/// closest known are as close as the closest usually are; and the operation ends when most have
/// been told. What is under way then goes on in the background.
final class OptimisticProvideRun extends WalkRun<Outcome.Provided>
    implements Rpc.Owner, Hedges.Hedged {
  /// How sure we want to be of a peer before it is told during the walk.
  private static final double SURE = 0.9;

  /// How often the closest known may lie farther away than the closest really do.
  private static final double TOO_FAR = 0.1;

  /// Of how many of the k closest the end is awaited.
  private static final double MOST = 0.75;

  /// How many times k peers are told at most, replacements included.
  private static final int MAX_TOLD = 2;

  private final Bytes key;
  private final KadKey target;
  private final KadRequest request;
  private final Likelihood likelihood;
  private final TreeSet<Contact> known;
  private final Map<Contact, Result> told = new LinkedHashMap<>();

  /// Requests that may still become slow.
  private final List<Rpc> awaited = new ArrayList<>();

  private StoreVerdict local = StoreVerdict.TOO_LARGE;
  private LookupStats stats = LookupStats.none(Termination.CANCELLED);
  private boolean walked;
  private int settled;
  private int taken;

  /// @param servers how many the network has
  OptimisticProvideRun(Node node, long id, long deadline, Bytes key, double servers) {
    super(node, id, deadline);
    this.key = key;
    target = KadKey.of(key);
    request = new KadRequest.AddProvider(key, node.neighbourhood.own().info());
    likelihood = new Likelihood(node.config.k(), servers);
    known = new TreeSet<>((a, b) -> target.compareDistance(a.key(), b.key()));
  }

  @Override
  void start() {
    local = node.provideHere(key);
    walk(new KadRequest.FindNode(key));
  }

  @Override
  public boolean heard(Contact from, KadResponse response) {
    known.add(from);
    node.config.ipLimits().withoutCrowds(response.closer()).stream()
        .filter(peer -> !peer.key().equals(node.key))
        .filter(node.config.addresses()::admits)
        .limit(2L * node.config.k())
        .forEach(known::add);
    double sum = 0;
    List<Contact> closest = closest();
    for (Contact peer : closest) {
      double distance = target.distance(peer.key()).fraction();
      sum += distance;
      if (likelihood.isOneOfTheClosest(distance) >= SURE) {
        tell(peer);
      }
    }
    int k = node.config.k();
    return told.size() >= MOST * k
        || (closest.size() == k && likelihood.isUsuallyCloser(sum / k) <= 1 - TOO_FAR);
  }

  private List<Contact> closest() {
    return known.stream().limit(node.config.k()).toList();
  }

  private void tell(Contact peer) {
    if (told.containsKey(peer)) {
      return;
    }
    Rpc rpc = node.ask(node.toDial(peer), request, this, node.config.lookup().patience());
    if (rpc == null) {
      told.put(peer, Result.UNREACHABLE);
      settled++;
    } else {
      told.put(peer, Result.UNDER_WAY);
      awaited.add(rpc);
      if (walked && !isOver() && node.config.lookup().hedged()) {
        node.hedges.watch(this, rpc.slowAt());
      }
    }
  }

  @Override
  public void walked(Walk walk) {
    stats = walk.stats();
    walked = true;
    if (stats.reason() == Termination.CANCELLED) {
      leave();
      return;
    }
    known.addAll(walk.closest());
    closest().forEach(this::tell);
    if (node.config.lookup().hedged()) {
      slowAt().ifPresent(at -> node.hedges.watch(this, at));
    }
    proceed();
  }

  private void proceed() {
    if (!walked || isOver()) {
      return;
    }
    int open = told.size() - settled;
    boolean most = taken >= MOST * Math.min(node.config.k(), told.size());
    if (open == 0 || (most && node.background.reserve(open))) {
      finish();
    }
  }

  /// Whoever is slow may still take it; the next closest is told too, and may be sooner.
  @Override
  public void hedge() {
    for (Rpc rpc : List.copyOf(awaited)) {
      if (node.now.reached(rpc.slowAt())) {
        awaited.remove(rpc);
        tellNext();
      }
    }
    proceed();
  }

  @Override
  public OptionalLong slowAt() {
    return isOver() || awaited.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(
            awaited.stream().min((a, b) -> Long.signum(a.slowAt() - b.slowAt())).get().slowAt());
  }

  private void finish() {
    node.hedges.forget(this);
    var perPeer = new ArrayList<PeerOutcome>(told.size());
    for (Contact peer : known) {
      Result result = told.get(peer);
      if (result != null) {
        perPeer.add(new PeerOutcome(peer.info(), result));
      }
    }
    done(new Outcome.Provided(perPeer, local, stats));
  }

  @Override
  public void answered(Rpc rpc, KadResponse response) {
    sent(rpc);
  }

  @Override
  public void sent(Rpc rpc) {
    taken++;
    settle(rpc, Result.SENT);
  }

  @Override
  public void failed(Rpc rpc, RpcFailure why) {
    settle(rpc, PeerOutcome.resultOf(why));
  }

  private void settle(Rpc rpc, Result result) {
    told.put(rpc.to(), result);
    boolean wasAwaited = awaited.removeIf(other -> other.id() == rpc.id());
    settled++;
    // One that was slow before was replaced then.
    if (walked && wasAwaited && (result == Result.TIMED_OUT || result == Result.UNREACHABLE)) {
      tellNext();
    }
    if (isOver()) {
      node.background.release();
    }
    proceed();
  }

  /// Somebody is not there: the next closest takes its place.
  private void tellNext() {
    Optional<Contact> next = known.stream().filter(peer -> !told.containsKey(peer)).findFirst();
    if (next.isPresent() && told.size() < MAX_TOLD * node.config.k()) {
      tell(next.get());
      if (isOver() && told.get(next.get()) == Result.UNDER_WAY) {
        node.background.take(1);
      }
    }
  }

  /// The time is over, or nobody waits any more.
  @Override
  void end(Termination reason) {
    super.end(reason);
    if (!isOver()) {
      stats = stats.withReason(reason);
      leave();
    }
  }

  /// What is under way goes on, whether or not there is room for it.
  private void leave() {
    node.background.take(told.size() - settled);
    finish();
  }
}
