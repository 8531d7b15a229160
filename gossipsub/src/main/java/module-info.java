/// Publish and subscribe on a libp2p host, by gossipsub.
///
/// Start with [io.kadenza.gossip.PubSub].
module io.kadenza.gossip {
  requires static transitive org.jspecify;
  requires transitive io.kadenza.gossip.core;
  requires transitive io.kadenza.host;
  requires org.slf4j;

  exports io.kadenza.gossip;
}
