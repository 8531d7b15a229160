package io.kadenza.bench.agree;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.EventStream;
import io.kadenza.host.Host;
import io.kadenza.kad.Dht;
import io.kadenza.kad.Quorum;
import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A script on real hosts in this process, over loopback TCP: each node dials, shakes hands,
/// identifies and is asked as it would be on the internet. Confined to the thread that made it.
final class RealRun implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /// More than a node has to tell in a run.
  private static final int EVENTS = 1 << 20;

  private final Script script;
  private final MessageTally tally;
  private final List<Dht> nodes = new ArrayList<>();
  private final List<EventStream<EngineEvent>> streams = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// Starts the nodes; they do not know each other yet.
  RealRun(Script script, KadConfig config) {
    this.script = script;
    this.tally = new MessageTally(script.nodes());
    try {
      for (int i = 0; i < script.nodes(); i++) {
        add(config);
      }
    } catch (RuntimeException failed) {
      close();
      throw failed;
    }
  }

  private void add(KadConfig config) {
    Host host =
        Host.builder(Identity.generate(KeyType.ED25519)).listen("/ip4/127.0.0.1/tcp/0").start();
    Dht dht = Dht.builder(host).config(config).start();
    int number = nodes.size();
    nodes.add(dht);
    EventStream<EngineEvent> events = dht.events(EVENTS);
    streams.add(events);
    threads.execute(() -> {
      for (EngineEvent event : events) {
        if (event instanceof EngineEvent.RpcSent sent) {
          tally.count(number, sent.type());
        }
      }
    });
  }

  List<PeerInfo> infos() {
    return nodes.stream().map(node -> node.host().info()).toList();
  }

  /// Does everything at its time.
  MessageTally run() throws InterruptedException {
    long start = System.nanoTime();
    for (Script.Join join : script.joins()) {
      List<PeerInfo> seeds = join.seeds().stream().map(infos()::get).toList();
      at(start, join.at(), () -> nodes.get(join.node()).bootstrap(seeds, LIMIT));
    }
    for (Script.Step step : script.steps()) {
      at(start, step.at(), () -> perform(nodes.get(step.node()), step));
    }
    sleepUntil(start, script.length());
    for (EventStream<EngineEvent> stream : streams) {
      if (stream.dropped() > 0) {
        throw new IllegalStateException("events were lost; the counts say nothing");
      }
    }
    return tally;
  }

  private void at(long start, Duration time, Runnable action) throws InterruptedException {
    sleepUntil(start, time);
    threads.execute(action);
  }

  private static void sleepUntil(long start, Duration time) throws InterruptedException {
    long left = start + time.toNanos() - System.nanoTime();
    if (left > 0) {
      Thread.sleep(Duration.ofNanos(left));
    }
  }

  private static void perform(Dht node, Script.Step step) {
    switch (step.verb()) {
      case LOOKUP -> node.closest(step.key(), LIMIT);
      case PUT -> node.put(step.key(), step.key(), LIMIT);
      case GET -> node.get(step.key(), Quorum.ALL, LIMIT);
      case PROVIDE -> node.provide(step.key(), LIMIT);
      case FIND -> {
        try (var search = node.findProviders(step.key(), 0, LIMIT)) {
          search.await();
        }
      }
    }
  }

  /// Ends all nodes and waits for their threads.
  @Override
  public void close() {
    try (threads) {
      for (Dht node : nodes) {
        threads.execute(() -> {
          node.close();
          node.host().close();
        });
      }
    }
  }
}
