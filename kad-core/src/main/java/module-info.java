/// Kademlia as a pure machine: no socket, no thread, no clock.
module io.kadenza.kad.core {
  requires transitive io.kadenza.crypto;
  requires static transitive org.jspecify;
  requires transitive io.kadenza.machine;
  requires transitive io.kadenza.multiformats;

  exports io.kadenza.kad.engine;
  exports io.kadenza.kad.key;
  exports io.kadenza.kad.lookup;
  exports io.kadenza.kad.provide;
  exports io.kadenza.kad.record;
  exports io.kadenza.kad.record.ipns;
  exports io.kadenza.kad.rpc;
  exports io.kadenza.kad.table;
}
