package io.kadenza.bench.peer;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.Host;
import io.kadenza.host.Stream;
import io.kadenza.kad.Dht;
import io.kadenza.kad.GetResult;
import io.kadenza.kad.Quorum;
import io.kadenza.kad.engine.Mode;
import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.provide.SweepStats;
import io.kadenza.kad.rpc.KadCodec;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.machine.Deadline;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/// A DHT client as a user would start it, on loopback. One thread at a time.
final class Client implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(30);
  private static final int MAX_ANSWER = 1 << 16;
  private static final Duration LOOK = Duration.ofMillis(1);
  private static final Duration LOOK_AT_SWEEP = Duration.ofMillis(100);

  /// What came of one operation.
  record Done(long nanos, List<PeerId> peers, boolean good) {}

  /// What came of a sweep.
  record Swept(PeerId provider, long nanos, SweepStats stats) {}

  private final Host host;
  private final Dht dht;

  private Client(Host host, Dht dht) {
    this.host = host;
    this.dht = dht;
  }

  static Client start() {
    // Who provides needs an address to tell.
    Host host =
        Host.builder(Identity.generate(KeyType.ED25519)).listen("/ip4/127.0.0.1/tcp/0").start();
    return new Client(
        host, Dht.builder(host).config(Agreed.config().withMode(Mode.CLIENT)).start());
  }

  /// Connects with a server and waits until it is in the routing table.
  void meet(Multiaddr address) throws InterruptedException {
    PeerId peer = host.connect(address, LIMIT).peer();
    await(LOOK, () -> dht.table().stream().anyMatch(known -> known.id().equals(peer)));
  }

  /// Meets a server, then looks for the peers closest to a key.
  Done closestByWayOf(Multiaddr server, Bytes key) throws InterruptedException {
    meet(server);
    return closest(key);
  }

  /// Connects with a server and asks it who is closest to a key.
  Done ask(Multiaddr address, Bytes key) {
    var question = new KadRequest.FindNode(key);
    long start = System.nanoTime();
    try (Stream stream =
        host.connect(address, LIMIT).open(List.of(Agreed.config().protocol()), LIMIT)) {
      stream.writeFrame(KadCodec.encodeRequest(question));
      byte[] body = stream.readFrame(MAX_ANSWER);
      long nanos = System.nanoTime() - start;
      if (body == null) {
        throw new IllegalStateException("no answer");
      }
      List<Contact> closer = KadCodec.decodeResponse(question, body).closer();
      return new Done(nanos, closer.stream().map(Contact::id).toList(), true);
    } catch (MalformedException malformed) {
      throw new IllegalStateException(malformed);
    }
  }

  /// Joins the network.
  ///
  /// @return how many servers are in the routing table then
  int join(List<Multiaddr> seeds) throws InterruptedException {
    for (Multiaddr seed : seeds) {
      meet(seed);
    }
    dht.bootstrap(List.of(), LIMIT);
    return dht.table().size();
  }

  Done closest(Bytes key) {
    long start = System.nanoTime();
    Outcome.Closest found = dht.closest(key, LIMIT);
    long nanos = System.nanoTime() - start;
    return new Done(nanos, found.peers().stream().map(PeerInfo::id).toList(), true);
  }

  Done put(Bytes key, int length) {
    Bytes value = Agreed.value(key, length);
    long start = System.nanoTime();
    Outcome.Stored stored = dht.put(key, value, LIMIT);
    long nanos = System.nanoTime() - start;
    return new Done(nanos, List.of(), stored.copies() > 0);
  }

  Done get(Bytes key, int length) {
    long start = System.nanoTime();
    GetResult result = dht.get(key, Quorum.ALL, LIMIT);
    long nanos = System.nanoTime() - start;
    boolean good =
        result instanceof GetResult.Found found
            && found.record().value().equals(Agreed.value(key, length));
    return new Done(nanos, List.of(), good);
  }

  /// Provides all these contents, and returns when the network has been told of every one.
  Swept sweep(long seed, int count) throws InterruptedException {
    List<Bytes> contents = Agreed.contents(seed, count);
    long start = System.nanoTime();
    dht.startProviding(contents);
    await(LOOK_AT_SWEEP, () -> dht.providing().waiting() == 0);
    return new Swept(host.id(), System.nanoTime() - start, dht.providing());
  }

  private static void await(Duration pause, BooleanSupplier condition) throws InterruptedException {
    var deadline = Deadline.after(LIMIT);
    while (!condition.getAsBoolean()) {
      if (deadline.isOver()) {
        throw new IllegalStateException("it did not come about within " + LIMIT);
      }
      Thread.sleep(pause);
    }
  }

  @Override
  public void close() {
    dht.close();
    host.close();
  }
}
