package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.lookup.Lookup;
import io.kadenza.kad.lookup.LookupConfig;
import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.lookup.Region;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A lookup that is under way: it sends what the lookup asks for and feeds it what comes back.
final class Walk implements Rpc.Owner, Hedges.Hedged {
  /// Whom a walk serves.
  interface Walker {
    /// Whether a peer may be asked.
    default boolean admits(Contact contact) {
      return true;
    }

    /// Only those are left to be asked who would be asked in any case. Called again with every
    /// answer until the walk is over.
    default void arrived(Walk walk) {}

    /// Looks at an answer; true if it has seen enough.
    boolean heard(Contact from, KadResponse response);

    /// The walk is over; called once.
    void walked(Walk walk);
  }

  /// What a walk is sent for. It leads towards the hash of the question's key.
  ///
  /// @param operation who has sent it, for those who read events
  /// @param region what is expected around the target, and whom to take in there
  /// @param seeds whom to ask besides those whom the node knows
  record Errand(
      long operation,
      KadRequest question,
      LookupConfig config,
      Region region,
      List<Contact> seeds) {
    Errand {
      seeds = List.copyOf(seeds);
    }
  }

  private final Node node;
  private final long id;
  private final KadRequest question;
  private final Walker walker;
  private final Lookup lookup;
  private final LookupConfig config;
  private final Region region;
  private final List<Rpc> open = new ArrayList<>();
  private @Nullable RegionProbe probe;
  private boolean reported;

  private Walk(Node node, long id, Errand errand, Lookup lookup, Walker walker) {
    this.node = node;
    this.id = id;
    this.question = errand.question();
    this.config = errand.config();
    this.region = errand.region();
    this.lookup = lookup;
    this.walker = walker;
  }

  /// Prepares a walk; [#start] sets it going.
  static Walk of(Node node, Errand errand, Walker walker) {
    KadRequest question = errand.question();
    KadKey target = KadKey.of(question.key());
    var seeds = new ArrayList<>(errand.seeds());
    seeds.addAll(node.seeds(target));
    long id = node.nextWalkId();
    var lookup =
        new Lookup(
            errand.config(),
            errand.region(),
            target,
            node.key,
            walker::admits,
            seeds,
            node.now.nanos());
    var walk = new Walk(node, id, errand, lookup, walker);
    if (node.watched) {
      List<PeerInfo> known = Contact.infos(seeds.stream().distinct().toList());
      node.happened(
          new EngineEvent.LookupStarted(
              id, errand.operation(), question.type(), question.key(), target, known));
    }
    return walk;
  }

  void start() {
    proceed();
  }

  /// Stops waiting for peers that are slow, and asks others instead.
  @Override
  public void hedge() {
    if (reported) {
      return;
    }
    List<Contact> slow = lookup.markSlow(now());
    if (node.watched) {
      slow.forEach(peer -> node.happened(new EngineEvent.LookupSlow(id, peer, since())));
    }
    proceed();
  }

  @Override
  public OptionalLong slowAt() {
    return lookup.slowAt(now());
  }

  private void proceed() {
    for (Contact next = next(); next != null; next = next()) {
      Rpc rpc = node.ask(node.toDial(next), question, this, config.patience());
      if (rpc == null) {
        lookup.failed(next);
        continue;
      }
      open.add(rpc);
      if (config.hedged()) {
        node.hedges.watch(this, now() + (rpc.slowAt() - now()) / 2);
      }
      if (node.watched) {
        node.happened(new EngineEvent.LookupAsked(id, next, since()));
        if (config.hedged() && node.isSilent(next)) {
          node.happened(new EngineEvent.LookupSlow(id, next, since()));
        }
      }
    }
    if (lookup.isOver() && !explore()) {
      finish();
    } else if (lookup.hasArrived()) {
      walker.arrived(this);
    }
  }

  private @Nullable Contact next() {
    return config.hedged() ? lookup.next(now(), node) : lookup.next(now());
  }

  /// Looks around in a region in which the target itself is crowded; tells whether the walk has to
  /// wait for what comes of it.
  private boolean explore() {
    if (probe == null && lookup.isCrowded()) {
      var started = new RegionProbe(node, lookup, region, this::explored);
      probe = started;
      started.start();
    }
    return probe != null && !probe.isOver();
  }

  private void explored(List<Contact> found) {
    if (!reported) {
      lookup.resume(found);
      proceed();
    }
  }

  @Override
  public void answered(Rpc rpc, KadResponse response) {
    open.remove(rpc);
    if (reported) {
      return;
    }
    List<Contact> heard = lookup.answered(rpc.to(), diverse(response.closer()));
    if (heard == null) {
      return;
    }
    for (Contact contact : heard) {
      node.cache.heard(contact, node.seconds());
    }
    if (node.watched) {
      node.happened(
          new EngineEvent.LookupAnswered(
              id, rpc.to(), since(), node.sinceSent(rpc), response.closer().size(), heard));
    }
    if (walker.heard(rpc.to(), response)) {
      end(Termination.STOPPED);
    } else {
      proceed();
    }
  }

  private List<Contact> diverse(List<Contact> closer) {
    List<Contact> diverse = node.config.ipLimits().withoutCrowds(closer);
    return node.config.addresses() == AddressPolicy.ANY
        ? diverse
        : diverse.stream().filter(node.config.addresses()::admits).toList();
  }

  @Override
  public void failed(Rpc rpc, RpcFailure why) {
    open.remove(rpc);
    if (!reported && lookup.failed(rpc.to())) {
      if (node.watched) {
        node.happened(
            new EngineEvent.LookupFailed(id, rpc.to(), since(), node.sinceSent(rpc), why));
      }
      proceed();
    }
  }

  /// Ends the walk with what it has; without effect if it is over.
  void end(Termination reason) {
    if (reported) {
      return;
    }
    lookup.end(reason, now());
    if (probe != null) {
      probe.end(reason);
    }
    finish();
  }

  private void finish() {
    if (reported) {
      return;
    }
    reported = true;
    node.hedges.forget(this);
    Termination reason = stats().reason();
    boolean complete = reason == Termination.COMPLETED || reason == Termination.STARVED;
    open.forEach(rpc -> leave(rpc, complete));
    open.clear();
    // Our neighbours are known to us however little we know of the rest.
    if (complete && config.eager() && !lookup.isCrowded() && !lookup.target().equals(node.key)) {
      node.familiarity.observe(lookup.foreseen());
    }
    // Where a record is kept somebody may have crowded: that says nothing about the network.
    if (reason == Termination.COMPLETED && config.followUp() && region.radius() == 0) {
      node.observeSize(lookup.target(), closest());
    }
    if (node.watched) {
      node.happened(new EngineEvent.LookupEnded(id, stats(), Contact.infos(closest())));
    }
    walker.walked(this);
  }

  /// Waits no longer for an answer. What becomes of a slow peer is worth knowing: it may have to
  /// leave the table.
  private void leave(Rpc rpc, boolean complete) {
    boolean slow = node.now.reached(rpc.slowAt());
    boolean stays = complete && (slow || node.silent.follows(rpc, now()));
    if (node.now.reached(rpc.givenUpAt()) || (complete && slow)) {
      node.silent.suspect(rpc, rpc.givenUpAt(), now());
    }
    if (!stays) {
      node.abandon(rpc);
    }
  }

  private Duration since() {
    return Duration.ofNanos(now() - lookup.startedAt());
  }

  boolean isOver() {
    return reported;
  }

  /// The closest peers that answered, the closest first.
  List<Contact> closest() {
    return lookup.closest();
  }

  /// Who should keep a record, whether or not it has answered; the closest first.
  List<Contact> holders() {
    return lookup.holders();
  }

  /// Everybody heard of who has not failed, the closest first.
  List<Contact> known() {
    return lookup.known();
  }

  LookupStats stats() {
    return lookup.stats(now());
  }

  private long now() {
    return node.now.nanos();
  }
}
