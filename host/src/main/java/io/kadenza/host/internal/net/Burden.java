package io.kadenza.host.internal.net;

import io.kadenza.host.internal.yamux.Yamux;

/// What one connection makes its host hold, added up once for each turn of the event loop. Confined
/// to that loop.
final class Burden {
  /// What the books about an open stream take, the muxer's and those of an idle sink included.
  private static final int STREAM_BYTES = 1 << 10;

  private final Link link;
  private final Yamux yamux;
  private final OpenStreams streams;
  private final MemoryBudget budget;
  private final MemoryBudget.Tally tally;

  /// What streams hold by themselves, and what is remembered of the peer.
  private long known;

  private int remembered;

  /// @param network that of the peer
  Burden(Link link, Yamux yamux, OpenStreams streams, MemoryBudget budget, RemoteNetwork network) {
    this.link = link;
    this.yamux = yamux;
    this.streams = streams;
    this.budget = budget;
    this.tally = budget.open(network, link::drop);
  }

  /// A stream holds so many bytes more, or fewer if negative.
  void add(int bytes) {
    known += bytes;
  }

  /// So many bytes are remembered of the peer as long as it is connected.
  void remember(int bytes) {
    known += bytes - remembered;
    remembered = bytes;
  }

  /// Adds everything up and lets the budget know.
  void takeStock() {
    long books = (long) streams.size() * STREAM_BYTES;
    tally.hold(known + books + yamux.output().capacity() + link.held());
    yamux.growWindows(!budget.isTight());
  }

  /// The link is gone, and all that it held.
  void end() {
    tally.close();
  }
}
