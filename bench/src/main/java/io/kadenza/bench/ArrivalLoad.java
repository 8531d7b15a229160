package io.kadenza.bench;

import io.kadenza.host.internal.identify.Identify;
import io.kadenza.host.internal.net.MuxedConnection;
import io.kadenza.host.internal.net.Protocols;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.multiformats.Multiaddr;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Peers that the server has never met arrive, ask one FIND_NODE and leave, some at a time.
///
/// Each has keys of its own, made before the clock starts. A *bare* one speaks nothing but the DHT,
/// so that the server's question who it is stays unanswered; the others tell, and ask the server
/// who it is, as the peers of the open network do.
final class ArrivalLoad implements Scenario {
  private static final int AT_A_TIME = 16;
  private static final int PEERS_AT_FIRST = 1_000;

  /// How many more peers are made ready than the fastest run so far would need.
  private static final double RESERVE = 1.5;

  private static final Duration RUN_UP = Duration.ofMillis(300);

  private final String name;
  private final Generator generator;
  private final boolean bare;
  private final SplittableRandom random = new SplittableRandom(0x61727269L);
  private final Queue<LoadPeer> fresh = new ArrayDeque<>();
  private double fastest;

  ArrivalLoad(String name, Generator generator, boolean bare) {
    this.name = name;
    this.generator = generator;
    this.bare = bare;
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
    double seconds = (length.toMillis() + RUN_UP.toMillis()) / 1e3;
    int needed = Math.max(PEERS_AT_FIRST, (int) (fastest * seconds * RESERVE));
    while (fresh.size() < needed) {
      fresh.add(LoadPeer.fresh());
    }
    var tally = new Tally();
    generator.inLoop(() -> {
      for (int i = 0; i < AT_A_TIME; i++) {
        next(server.address(), tally);
      }
      return true;
    });
    Thread.sleep(RUN_UP);
    var readings = new Stopwatch(generator, server, tally).measure(length);
    fastest = Math.max(fastest, readings.getOrDefault(Stopwatch.PER_SECOND, 0.0));
    Thread.sleep(RUN_UP);
    return readings;
  }

  private void next(Multiaddr server, Tally tally) {
    if (!tally.wantsMore()) {
      return;
    }
    LoadPeer ready = fresh.poll();
    LoadPeer peer = ready == null ? LoadPeer.fresh() : ready;
    var visit = new Visit(peer, server, tally);
    var _ =
        generator
            .dial(peer, visit.protocols(), server)
            .whenComplete((connection, failure) -> {
              if (connection == null) {
                visit.failed("cannot connect: " + failure.getMessage());
              } else {
                visit.arrived(connection);
              }
            });
  }

  /// One peer's stay. Confined to the generator's event loop.
  private final class Visit implements Answers {
    /// The FIND_NODE; and for one that is not bare, being asked who it is and asking likewise.
    private static final int MATTERS = 3;

    private final Multiaddr server;
    private final Tally tally;
    private final Identify identify;
    private final long begunAt = System.nanoTime();
    private @Nullable MuxedConnection connection;
    private int unsettled = bare ? 1 : MATTERS;

    Visit(LoadPeer peer, Multiaddr server, Tally tally) {
      this.server = server;
      this.tally = tally;
      this.identify =
          new Identify(
              _ -> peer.identify(),
              _ -> Optional.empty(),
              (_, _) -> settled(),
              (_, why) -> failed(why));
    }

    Protocols protocols() {
      var protocols = new Protocols();
      if (!bare) {
        protocols.add(
            Identify.PROTOCOL,
            stream -> {
              settled();
              return identify.answer(stream);
            });
      }
      return protocols;
    }

    void arrived(MuxedConnection opened) {
      connection = opened;
      if (!bare) {
        identify.ask(opened);
      }
      var callers = new ArrayList<FindNodeCaller>(1);
      var _ =
          opened.open(
              KadConfig.AMINO,
              stream -> {
                var caller = new FindNodeCaller(stream, this, 1, random);
                callers.add(caller);
                return caller;
              });
      callers.forEach(FindNodeCaller::begin);
    }

    @Override
    public void answered(long nanos) {
      settled();
    }

    private void settled() {
      unsettled--;
      if (unsettled == 0) {
        tally.answered(System.nanoTime() - begunAt);
        leave();
      }
    }

    @Override
    public void failed(String why) {
      // What comes after the visit is over, such as the end of its streams, is no failure.
      if (unsettled > 0) {
        unsettled = 0;
        tally.failed(why);
        leave();
      }
    }

    @Override
    public boolean wantsMore() {
      return false;
    }

    private void leave() {
      if (connection != null) {
        connection.close();
      }
      next(server, tally);
    }
  }
}
