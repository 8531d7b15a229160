/// Gossipsub as a pure machine: no socket, no thread, no clock, no unseeded random.
module io.kadenza.gossip.core {
  requires transitive io.kadenza.crypto;
  requires transitive io.kadenza.machine;
  requires transitive io.kadenza.multiformats;
  requires static transitive org.jspecify;

  exports io.kadenza.gossip.cache;
  exports io.kadenza.gossip.effect;
  exports io.kadenza.gossip.engine;
  exports io.kadenza.gossip.mesh;
  exports io.kadenza.gossip.rpc;
  exports io.kadenza.gossip.signing;
}
