package io.kadenza.bench.agree;

import io.kadenza.kad.engine.EngineEffect;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.Operation;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.sim.net.Conditions;
import io.kadenza.sim.net.Network;
import io.kadenza.sim.net.NetworkObserver;
import io.kadenza.sim.net.Seeds;
import io.kadenza.sim.net.SimNode;
import java.time.Duration;
import java.util.List;

/// A script in the simulator. Confined to the thread that calls it.
final class SimulatedRun {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /// Loopback is some hundred times faster than the internet.
  private static final double LOOPBACK = 0.01;

  private SimulatedRun() {}

  /// @param infos the nodes' ids and addresses: with the same ones walks take the same ways
  static MessageTally of(Script script, List<PeerInfo> infos, KadConfig config, long seed) {
    var tally = new MessageTally(script.nodes());
    var network =
        new Network(new Seeds(seed), Conditions.DEFAULT.withLatency(LOOPBACK), script.nodes());
    network.observe(
        new NetworkObserver() {
          @Override
          public void asked(SimNode from, EngineEffect.Ask ask) {
            tally.count(from.index(), ask.request().type());
          }
        });
    infos.forEach(info -> network.add(info, config));
    for (Script.Join join : script.joins()) {
      List<PeerInfo> seeds = join.seeds().stream().map(infos::get).toList();
      at(network, join.at(), join.node(), new Operation.Bootstrap(seeds));
    }
    for (Script.Step step : script.steps()) {
      at(network, step.at(), step.node(), operation(step));
    }
    network.timeline().runUntil(script.length().toNanos());
    return tally;
  }

  private static void at(Network network, Duration time, int node, Operation<?> operation) {
    network
        .timeline()
        .at(time.toNanos(), () -> network.start(network.nodes().get(node), operation, LIMIT));
  }

  private static Operation<?> operation(Script.Step step) {
    return switch (step.verb()) {
      case LOOKUP -> new Operation.FindClosest(step.key());
      case PUT -> new Operation.PutValue(step.key(), step.key());
      case GET -> new Operation.GetValue(step.key(), 0);
      case PROVIDE -> new Operation.Provide(step.key());
      case FIND -> new Operation.FindProviders(step.key(), 0);
    };
  }
}
