package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.engine.RoughNetwork.Peer;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// One engine of a [RoughNetwork] from its start to its stop, and the rules that it must keep at
/// every step.
final class RoughLife {
  private static final int MAX_TICKS_AT_ONCE = 1_000;

  /// What is known of one walk.
  private static final class Seen {
    final long operationId;
    final Set<PeerId> asked = new HashSet<>();
    int open;

    Seen(long operationId) {
      this.operationId = operationId;
    }
  }

  final Peer peer;
  final KadEngine engine;
  final Set<PeerId> connections = new LinkedHashSet<>();

  /// The operations under way.
  final Map<Long, Operation<?>> running = new LinkedHashMap<>();

  private final RoughNetwork net;
  private final Map<Long, PeerId> open = new HashMap<>();
  private final Map<Long, Seen> walks = new HashMap<>();
  private final Set<PeerId> answered = new HashSet<>();
  private long rpcs;
  private long tickAt = Long.MAX_VALUE;
  private long lastTickAt = -1;
  private int ticksAtOnce;

  RoughLife(RoughNetwork net, Peer peer) {
    this.net = net;
    this.peer = peer;
    this.engine = new KadEngine(peer.config, Contact.of(peer.info), net.dice.split(), peer.stores);
  }

  boolean isOver() {
    return peer.life != this;
  }

  void begin(long id, Operation<?> operation, Duration limit) {
    running.put(id, operation);
    if (operation instanceof Operation.Publish publish) {
      peer.published.add(publish.key());
    }
    apply(new EngineInput.Start(id, operation, limit));
  }

  void cancelAll() {
    for (long id : List.copyOf(running.keySet())) {
      apply(new EngineInput.Cancel(id));
      assertThat(running).doesNotContainKey(id);
    }
  }

  void told(long rpcId, EngineInput end) {
    PeerId from = open.remove(rpcId);
    if (from != null && end instanceof EngineInput.Answered) {
      answered.add(from);
    }
    apply(end);
  }

  void apply(EngineInput input) {
    if (!isOver()) {
      engine.apply(input, net.now).forEach(this::perform);
      check();
    }
  }

  /// The one answer to a peer's request.
  EngineEffect serve(EngineInput.Inbound inbound) {
    List<EngineEffect> effects = engine.apply(inbound, net.now);
    List<EngineEffect> answers = effects.stream().filter(RoughLife::isAnswer).toList();
    assertThat(answers).hasSize(1);
    effects.stream().filter(effect -> !isAnswer(effect)).forEach(this::perform);
    check();
    return answers.getFirst();
  }

  private static boolean isAnswer(EngineEffect effect) {
    return effect instanceof EngineEffect.Reply
        || effect instanceof EngineEffect.Refuse
        || effect instanceof EngineEffect.Accepted;
  }

  private void tick() {
    ticksAtOnce = lastTickAt == net.now.nanos() ? ticksAtOnce + 1 : 0;
    lastTickAt = net.now.nanos();
    assertThat(ticksAtOnce).as("time that stands still").isLessThan(MAX_TICKS_AT_ONCE);
    engine.tick(net.now).forEach(this::perform);
    check();
  }

  private void perform(EngineEffect effect) {
    switch (effect) {
      case EngineEffect.Ask(var id, var to, var request, _) -> {
        assertThat(isAsked(request)).as("%s for somebody", request).isTrue();
        send(id, to.id());
        net.carry(this, id, to, effect);
      }
      case EngineEffect.Announce(var id, var to, var keys, _, _) -> {
        assertThat(keys).hasSizeBetween(1, EngineEffect.Announce.MAX_BATCH);
        send(id, to.id());
        net.carry(this, id, to, effect);
      }
      case EngineEffect.Abandon(var id) -> assertThat(open.remove(id)).isNotNull();
      case EngineEffect.Progress(var id, _) -> assertThat(running).containsKey(id);
      case EngineEffect.Done(var id, var outcome) -> {
        assertThat(running.remove(id)).as("an operation ends once").isNotNull();
        judge(outcome);
      }
      case EngineEffect.Happened(var event) -> happened(event);
      case EngineEffect.Reply _, EngineEffect.Refuse _, EngineEffect.Accepted _ ->
          throw new AssertionError("an answer to nobody");
    }
  }

  private void send(long rpcId, PeerId to) {
    assertThat(to).isNotEqualTo(peer.info.id());
    assertThat(open.put(rpcId, to)).isNull();
  }

  /// Whether an operation that is under way may ask this. What is told in the background is not
  /// judged.
  private boolean isAsked(KadRequest request) {
    return switch (request) {
      case KadRequest.PutValue(var key, _) ->
          peer.published.contains(key)
              || running.values().stream()
                  .anyMatch(one ->
                      one.equals(new Operation.Publish(key, valueOf(one)))
                          || one.equals(new Operation.PutValue(key, valueOf(one)))
                          || (one instanceof Operation.GetValue get && get.key().equals(key)));
      case KadRequest.GetValue(var key) ->
          running.values().stream()
              .anyMatch(one -> one instanceof Operation.GetValue get && get.key().equals(key));
      case KadRequest.GetProviders(var key) ->
          running.values().stream()
              .anyMatch(one -> one instanceof Operation.FindProviders f && f.key().equals(key));
      case KadRequest.FindNode _, KadRequest.AddProvider _, KadRequest.Ping _ -> true;
    };
  }

  private static Bytes valueOf(Operation<?> operation) {
    return switch (operation) {
      case Operation.PutValue(_, var value) -> value;
      case Operation.Publish(_, var value) -> value;
      default -> Bytes.EMPTY;
    };
  }

  private void judge(Outcome outcome) {
    switch (outcome) {
      case Outcome.Closest(var closest, _) -> {
        assertThat(closest).hasSizeLessThanOrEqualTo(peer.config.k()).doesNotHaveDuplicates();
        assertThat(closest).allMatch(one -> answered.contains(one.id()));
      }
      case Outcome.Stored stored ->
          assertThat(stored.perPeer().stream().map(one -> one.peer().id())).doesNotHaveDuplicates();
      case Outcome.Provided provided ->
          assertThat(provided.perPeer().stream().map(one -> one.peer().id()))
              .doesNotHaveDuplicates();
      case Outcome.Providers found ->
          assertThat(found.providers().stream().map(one -> one.id())).doesNotHaveDuplicates();
      default -> {}
    }
  }

  private void happened(EngineEvent event) {
    switch (event) {
      case EngineEvent.LookupStarted started ->
          assertThat(walks.put(started.lookupId(), new Seen(started.operationId()))).isNull();
      case EngineEvent.LookupAsked(var id, var contact, _) -> {
        Seen walk = walks.get(id);
        assertThat(walk.asked.add(contact.id())).as("nobody is asked twice").isTrue();
        walk.open++;
        if (!peer.config.lookup().hedged()) {
          int most = Math.max(peer.config.alpha(), peer.config.k());
          assertThat(walk.open).isLessThanOrEqualTo(most);
        }
      }
      case EngineEvent.LookupAnswered told -> walks.get(told.lookupId()).open--;
      case EngineEvent.LookupFailed told -> walks.get(told.lookupId()).open--;
      case EngineEvent.LookupEnded(var id, var stats, _) -> {
        Seen walk = walks.remove(id);
        assertThat(walk.asked).as("a walk ends once").hasSize(stats.asked());
      }
      case EngineEvent.RpcSent _ -> rpcs++;
      case EngineEvent.RpcAnswered _, EngineEvent.RpcFailed _, EngineEvent.RpcAbandoned _ -> rpcs--;
      default -> {}
    }
  }

  private void check() {
    assertThat(engine.inFlight()).isEqualTo(open.size());
    assertThat(rpcs).isEqualTo(open.size());
    assertThat(walks.values())
        .as("no walk outlives its operation")
        .allMatch(walk -> walk.operationId < 0 || running.containsKey(walk.operationId));
    assertThat(engine.neighbourhood().table().all()).allMatch(one -> answered.contains(one.id()));
    OptionalLong deadline = engine.deadline();
    if (deadline.isEmpty()) {
      assertThat(open).isEmpty();
      assertThat(running).isEmpty();
    } else if (deadline.getAsLong() < tickAt) {
      wakeAt(Math.max(deadline.getAsLong(), net.now.nanos()));
    }
  }

  private void wakeAt(long nanos) {
    tickAt = nanos;
    net.after(
        nanos - net.now.nanos() + net.dice.nextLong(net.maxLate),
        () -> {
          if (tickAt == nanos && !isOver()) {
            tickAt = Long.MAX_VALUE;
            tick();
          }
        });
  }

  /// Nothing is under way, and nobody waits for anything.
  void checkIdle() {
    assertThat(running).isEmpty();
    assertThat(engine.operations()).isZero();
  }
}
