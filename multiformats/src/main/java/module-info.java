/// The self-describing values of libp2p and the bounded codecs its messages travel in.
module io.kadenza.multiformats {
  requires static transitive org.jspecify;

  exports io.kadenza.multiformats;
  exports io.kadenza.multiformats.wire;
}
