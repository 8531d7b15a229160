/// The libp2p host: TCP, Noise, Yamux, identify, ping, peerstore.
///
/// Start with [io.kadenza.host.Host].
module io.kadenza.host {
  requires static transitive org.jspecify;
  requires transitive io.kadenza.crypto;
  requires io.kadenza.machine;
  requires io.netty.buffer;
  requires io.netty.common;
  requires io.netty.transport;
  requires org.dnsjava;
  requires org.slf4j;

  exports io.kadenza.host;
}
