package io.kadenza.bench;

import io.kadenza.host.FrameLimits;
import io.kadenza.host.internal.net.MuxedConnection;
import io.kadenza.host.internal.net.Protocols;
import io.kadenza.host.internal.net.Sinks;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.rpc.KadCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Fills a server's routing table as a network would: synthetic peers connect, identify as DHT
/// servers, answer what they are asked to prove it, and leave when the table has settled. One
/// stays: a node whose last connection is lost calls everybody it knows, and finds nobody here.
///
/// Buckets hold 20, so that of 1,000 peers the table keeps about 130, as in a real network.
final class TableFiller {
  static final int PEERS = 1_000;

  private static final int STREAMS = 32;
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  /// A small table is refreshed once, two seconds after its first peer.
  private static final int QUIET_LOOKS = 8;

  private final Generator generator;
  private final List<LoadPeer> peers = new ArrayList<>(PEERS);

  TableFiller(Generator generator) {
    this.generator = generator;
    for (int i = 0; i < PEERS; i++) {
      peers.add(LoadPeer.synthetic(i));
    }
  }

  /// Fills the table and returns its size.
  int fill(ServerProcess server) throws InterruptedException {
    List<MuxedConnection> connections =
        generator.dialAll(peers, TableFiller::serving, server.address());
    int size = -1;
    for (int quiet = 0; quiet < QUIET_LOOKS; quiet++) {
      Thread.sleep(LOOK_EVERY);
      int now = Integer.parseInt(server.ask("table"));
      quiet = now == size ? quiet : 0;
      size = now;
    }
    connections.stream().skip(1).forEach(MuxedConnection::close);
    Thread.sleep(LOOK_EVERY);
    return Integer.parseInt(server.ask("table"));
  }

  /// Each answers with itself alone, which is convincing and leads nowhere.
  private static Protocols serving(LoadPeer peer) {
    Protocols protocols = peer.protocols();
    byte[] itself = KadCodec.encodeCloser(List.of(Contact.of(peer.info())));
    protocols.add(
        KadConfig.AMINO,
        Sinks.frames(
            (_, _, _, _, exchange) -> exchange.reply(itself),
            new FrameLimits(KadCodec.MAX_MESSAGE_BYTES, STREAMS, 1)));
    return protocols;
  }
}
