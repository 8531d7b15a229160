/// The Kademlia DHT on a libp2p host.
///
/// Start with [io.kadenza.kad.Dht].
module io.kadenza.kad {
  requires static transitive org.jspecify;
  requires transitive io.kadenza.host;
  requires transitive io.kadenza.kad.core;
  requires transitive io.kadenza.store;
  requires org.slf4j;

  exports io.kadenza.kad;
  exports io.kadenza.kad.metrics;
  exports io.kadenza.kad.names;
}
