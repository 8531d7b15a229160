package io.kadenza.bench;

import io.kadenza.host.internal.net.MuxedConnection;
import io.kadenza.host.internal.net.MuxedStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Requests over connections that stay: one stream on each.
final class StreamLoad implements Scenario {
  /// Makes the caller of one stream.
  @FunctionalInterface
  interface CallerFactory {
    Caller on(MuxedStream stream, Tally tally, SplittableRandom random);
  }

  private static final long SEED = 0x6b61642d62656e63L;
  private static final Duration RUN_UP = Duration.ofMillis(500);

  private final String name;
  private final Generator generator;
  private final String protocol;
  private final CallerFactory callers;
  private final List<LoadPeer> peers = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(SEED);

  StreamLoad(
      String name, Generator generator, int connections, String protocol, CallerFactory callers) {
    this.name = name;
    this.generator = generator;
    this.protocol = protocol;
    this.callers = callers;
    for (int i = 0; i < connections; i++) {
      peers.add(LoadPeer.fresh());
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Metric> metrics() {
    return Stopwatch.METRICS;
  }

  @Override
  public Map<Metric, Double> run(ServerProcess server, Duration length)
      throws InterruptedException {
    var tally = new Tally();
    List<MuxedConnection> connections =
        generator.dialAll(peers, LoadPeer::protocols, server.address());
    List<Caller> callersOpened = new ArrayList<>();
    for (MuxedConnection connection : connections) {
      var _ =
          connection.open(
              protocol,
              stream -> {
                Caller caller = callers.on(stream, tally, random.split());
                callersOpened.add(caller);
                return caller;
              });
    }
    generator.inLoop(() -> {
      callersOpened.forEach(Caller::begin);
      return true;
    });
    Thread.sleep(RUN_UP);
    var readings = new Stopwatch(generator, server, tally).measure(length);
    connections.forEach(MuxedConnection::close);
    Thread.sleep(RUN_UP);
    return readings;
  }
}
