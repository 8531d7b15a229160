package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.rpc.KadCodec;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Engines in a network that loses, delays and repeats what they say to each other, where some
/// peers make up what they answer, and drivers wake engines late. What every engine does is checked
/// by its [RoughLife].
final class RoughNetwork {
  private record Event(long at, long serial, Runnable action) {}

  /// A peer, whether or not it is up. Who lies has no engine.
  static final class Peer {
    final PeerInfo info;
    final KadConfig config;
    final boolean liar;
    final Stores stores;

    /// The keys of values that it ever published.
    final Set<Bytes> published = new HashSet<>();

    @Nullable RoughLife life;

    /// On which side of a partition it is.
    int side;

    Peer(PeerInfo info, KadConfig config, boolean liar, Stores stores) {
      this.info = info;
      this.config = config;
      this.liar = liar;
      this.stores = stores;
    }
  }

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.<Event>comparingLong(Event::at).thenComparingLong(Event::serial));
  private final Map<PeerId, Peer> byId = new HashMap<>();

  final SplittableRandom dice;
  final List<Peer> peers = new ArrayList<>();
  final List<Bytes> keys = new ArrayList<>();
  Now now = new Now(0, Instant.parse("2026-01-01T00:00:00Z"));

  /// In a hundred.
  int loss;

  int maxMillis = 100;

  /// How late a driver may wake its engine.
  long maxLate = 1;

  private long serial;
  private long requests;
  private long operations;

  RoughNetwork(SplittableRandom dice) {
    this.dice = dice;
  }

  int oneOf(int... choices) {
    return choices[dice.nextInt(choices.length)];
  }

  Peer add(KadConfig config, boolean liar) {
    var peer = new Peer(Peers.info(dice), config, liar, Stores.inMemory(config, dice.split()));
    peers.add(peer);
    byId.put(peer.info.id(), peer);
    return peer;
  }

  void start(Peer peer) {
    if (!peer.liar && peer.life == null) {
      peer.life = new RoughLife(this, peer);
      peer.life.apply(new EngineInput.OwnAddresses(peer.info.addresses()));
    }
  }

  void stop(Peer peer) {
    RoughLife life = peer.life;
    if (life != null) {
      peer.life = null;
      List.copyOf(life.connections).forEach(other -> disconnect(byId.get(other), peer));
    }
  }

  private static void disconnect(Peer one, Peer from) {
    if (one.life != null && one.life.connections.remove(from.info.id())) {
      one.life.apply(new EngineInput.PeerDisconnected(from.info.id()));
    }
  }

  private void connect(Peer one, Peer to) {
    if (one.life != null && one.life.connections.add(to.info.id())) {
      one.life.apply(new EngineInput.PeerConnected(to.info.id()));
      one.life.apply(new EngineInput.PeerIdentified(to.info, isServer(to)));
    }
  }

  private static boolean isServer(Peer peer) {
    return peer.liar || (peer.life != null && peer.life.engine.neighbourhood().isServing());
  }

  void begin(Peer peer, Operation<?> operation, Duration limit) {
    if (peer.life != null) {
      peer.life.begin(operations++, operation, limit);
    }
  }

  void after(long nanos, Runnable action) {
    events.add(new Event(now.nanos() + nanos, serial++, action));
  }

  void runFor(Duration time) {
    long until = now.nanosAfter(time);
    while (!events.isEmpty() && events.peek().at() <= until) {
      Event next = events.remove();
      pass(next.at() - now.nanos());
      next.action().run();
    }
    pass(until - now.nanos());
  }

  private void pass(long nanos) {
    now = nanos > 0 ? now.plus(Duration.ofNanos(nanos)) : now;
  }

  private long latency() {
    long millis = dice.nextInt(1, maxMillis + 1);
    return 1_000_000L * (dice.nextInt(30) == 0 && loss > 0 ? 20 * millis : millis);
  }

  private boolean isLost() {
    return dice.nextInt(100) < loss;
  }

  /// Takes an [EngineEffect.Ask] or an [EngineEffect.Announce] to its peer.
  void carry(RoughLife from, long rpcId, PeerInfo to, EngineEffect what) {
    Peer peer = byId.get(to.id());
    boolean reachable =
        peer != null && peer.side == from.peer.side && (peer.liar || peer.life != null);
    if (!reachable || isLost()) {
      RpcFailure why =
          reachable
              ? RpcFailure.values()[dice.nextInt(RpcFailure.values().length)]
              : RpcFailure.UNREACHABLE;
      // Or nobody ever hears of it.
      if (dice.nextBoolean()) {
        report(from, rpcId, new EngineInput.RpcFailed(rpcId, why));
      }
    } else {
      after(latency(), () -> deliver(from, rpcId, peer, what));
    }
  }

  private void deliver(RoughLife from, long rpcId, Peer to, EngineEffect what) {
    if (from.isOver() || (to.life == null && !to.liar)) {
      return;
    }
    connect(from.peer, to);
    connect(to, from.peer);
    if (to.liar) {
      lie(from, rpcId, what);
    } else if (!isServer(to)) {
      report(from, rpcId, new EngineInput.RpcFailed(rpcId, RpcFailure.UNSUPPORTED));
    } else if (what instanceof EngineEffect.Ask ask) {
      report(from, rpcId, answer(rpcId, to, from.peer, ask.request()));
    } else if (what instanceof EngineEffect.Announce batch) {
      EngineInput end = new EngineInput.Sent(rpcId);
      var all = batch.requests().iterator();
      while (all.hasNext() && end instanceof EngineInput.Sent) {
        end = answer(rpcId, to, from.peer, all.next());
      }
      report(from, rpcId, end);
    }
  }

  private EngineInput answer(long rpcId, Peer to, Peer from, KadRequest request) {
    KadRequest decoded = KadCodec.decodeRequest(KadCodec.encodeRequest(request));
    EngineEffect reply = to.life.serve(new EngineInput.Inbound(requests++, from.info, decoded));
    return switch (reply) {
      case EngineEffect.Reply(_, var response) -> {
        if (response instanceof KadResponse.Stored && decoded instanceof KadRequest.PutValue put) {
          var held = to.stores.records().held(put.key(), now.wall());
          assertThat(held.map(each -> each.record().value())).contains(put.record().value());
        }
        yield new EngineInput.Answered(
            rpcId, KadCodec.decodeResponse(request, KadCodec.encodeResponse(response)));
      }
      case EngineEffect.Accepted _ -> new EngineInput.Sent(rpcId);
      default -> new EngineInput.RpcFailed(rpcId, RpcFailure.REFUSED);
    };
  }

  /// Once, twice or never.
  private void report(RoughLife to, long rpcId, EngineInput end) {
    if (!isLost()) {
      after(latency(), () -> to.told(rpcId, end));
    }
    if (isLost()) {
      after(latency(), () -> to.told(rpcId, end));
    }
  }

  PeerInfo anybody() {
    PeerInfo one = peers.get(dice.nextInt(peers.size())).info;
    return switch (dice.nextInt(8)) {
      case 0 -> Peers.info(dice);
      case 1 -> new PeerInfo(Peers.id(dice), List.of());
      case 2 -> new PeerInfo(one.id(), List.of(Peers.address(dice)));
      default -> one;
    };
  }

  Bytes anyKey() {
    return keys.get(dice.nextInt(keys.size()));
  }

  private List<Contact> anyContacts() {
    var contacts = new ArrayList<Contact>();
    for (int i = oneOf(0, 3, dice.nextInt(10), dice.nextInt(250)); i > 0; i--) {
      PeerInfo one = anybody();
      contacts.add(
          Contact.received(one.id(), one.addresses().stream().map(Multiaddr::bytes).toList()));
    }
    return contacts;
  }

  private void lie(RoughLife to, long rpcId, EngineEffect what) {
    KadRequest request =
        what instanceof EngineEffect.Ask ask ? ask.request() : new KadRequest.Ping();
    Bytes key = dice.nextInt(4) == 0 ? anyKey() : request.key();
    Optional<Record> record =
        dice.nextBoolean() ? Optional.of(new Record(key, Peers.key(dice))) : Optional.empty();
    KadResponse response =
        switch (request) {
          case KadRequest.FindNode _ -> new KadResponse.Closer(anyContacts());
          case KadRequest.GetValue _ -> new KadResponse.Value(key, record, anyContacts());
          case KadRequest.PutValue _ -> new KadResponse.Stored(key, record);
          case KadRequest.GetProviders _ ->
              new KadResponse.Providers(
                  key, anyContacts().stream().map(Contact::info).toList(), anyContacts());
          case KadRequest.AddProvider _ -> new KadResponse.ProviderAdded(key);
          case KadRequest.Ping _ -> new KadResponse.Pong();
        };
    report(
        to,
        rpcId,
        switch (dice.nextInt(8)) {
          case 0 -> new EngineInput.Sent(rpcId);
          case 1 -> new EngineInput.Answered(rpcId, new KadResponse.Closer(anyContacts()));
          case 2 -> new EngineInput.RpcFailed(rpcId, RpcFailure.REFUSED);
          default -> new EngineInput.Answered(rpcId, response);
        });
  }
}
