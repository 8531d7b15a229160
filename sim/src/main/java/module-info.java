/// The laboratory: the DHT's own engine on a virtual clock.
module io.kadenza.sim {
  requires static transitive org.jspecify;
  requires transitive io.kadenza.kad.core;
  requires java.management;
  requires org.snakeyaml.engine;

  exports io.kadenza.sim;
  exports io.kadenza.sim.attack;
  exports io.kadenza.sim.check;
  exports io.kadenza.sim.net;
  exports io.kadenza.sim.report;
  exports io.kadenza.sim.scenario;
  exports io.kadenza.sim.shrink;
  exports io.kadenza.sim.trace;
}
