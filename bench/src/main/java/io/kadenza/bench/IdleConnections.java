package io.kadenza.bench;

import io.kadenza.host.internal.net.MuxedConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Connections that are identified and then do nothing: what one costs in memory.
///
/// The server has seen some connections come and go before, so that its code is loaded. Kernel
/// memory of the sockets is not in the figures; it is the same for all servers.
final class IdleConnections implements Scenario {
  private static final Metric RESIDENT = Metric.lower("resident KiB per connection");
  private static final Metric RESIDENT_AFTER_GC =
      Metric.lower("resident KiB per connection, after a collection");
  private static final Metric HEAP = Metric.lower("live heap KiB per connection");
  private static final Metric CPU = Metric.lower("% of a core while idle");
  private static final int WARM_UP = 200;
  private static final Duration SETTLING = Duration.ofSeconds(10);
  private static final Duration WATCHED = Duration.ofSeconds(15);

  private final Generator generator;
  private final List<LoadPeer> peers = new ArrayList<>();

  IdleConnections(Generator generator, int connections) {
    this.generator = generator;
    for (int i = 0; i < connections; i++) {
      peers.add(LoadPeer.fresh());
    }
  }

  @Override
  public String name() {
    return peers.size() + " idle connections";
  }

  @Override
  public List<Metric> metrics() {
    return List.of(RESIDENT, RESIDENT_AFTER_GC, HEAP, CPU);
  }

  @Override
  public boolean needsFreshServer() {
    return true;
  }

  @Override
  public Map<Metric, Double> run(ServerProcess server, Duration length)
      throws InterruptedException {
    generator
        .dialAll(
            peers.subList(0, Math.min(WARM_UP, peers.size())),
            LoadPeer::protocols,
            server.address())
        .forEach(MuxedConnection::close);
    Thread.sleep(SETTLING);
    long heapBefore = server.heapInUse();
    long before = server.residentBytes();
    List<MuxedConnection> connections =
        generator.dialAll(peers, LoadPeer::protocols, server.address());
    Thread.sleep(SETTLING);
    double cpuBefore = server.cpuSeconds();
    Thread.sleep(WATCHED);
    double cpu = server.cpuSeconds() - cpuBefore;
    long after = server.residentBytes();
    long heapAfter = server.heapInUse();
    long afterCollection = server.residentBytes();
    connections.forEach(MuxedConnection::close);

    var readings = new LinkedHashMap<Metric, Double>();
    readings.put(RESIDENT, perConnection(after - before));
    if (heapAfter > 0) {
      readings.put(RESIDENT_AFTER_GC, perConnection(afterCollection - before));
      readings.put(HEAP, perConnection(heapAfter - heapBefore));
    }
    readings.put(CPU, 100 * cpu / WATCHED.toSeconds());
    return readings;
  }

  private double perConnection(long bytes) {
    return bytes / 1024.0 / peers.size();
  }
}
