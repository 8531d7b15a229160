package io.kadenza.host;

import java.time.Duration;
import java.util.function.Consumer;

/// What a host grants to strangers: one object, threaded through every layer. All counts are of
/// things that a peer can make us hold.
///
/// @param maxConnections all connections; for one more, the one that has been without a stream for
///   longest ends ([Host#prefer]), and where all are busy no further inbound one is taken
/// @param maxConnectionsPerIp connections from one IPv4 address or IPv6 /56; loopback is exempt
/// @param maxHalfOpen inbound connections whose handshake is not finished; for one more, the oldest
///   of the network that has most of them ends
/// @param handshakeTimeout from accept or connect to a proven identity
/// @param maxInboundStreams streams that a peer may hold open on one connection
/// @param maxOutboundStreams streams that this host opens on one connection
/// @param streamTimeout default wait of a blocking read or write, and the age at which an inbound
///   stream that has not settled its protocol, or stopped in mid-frame, is reset
/// @param streamIdle how long an inbound stream of frames may stay silent between two requests
/// @param sendBuffer bytes that a stream may have queued before a writer waits
/// @param initialWindow a stream's first receive window, bytes
/// @param maxWindow the largest window that auto-tuning gives a stream, bytes
/// @param maxPeerstorePeers peers remembered
/// @param maxAddressesPerPeer addresses remembered for each
public record Limits(
    int maxConnections,
    int maxConnectionsPerIp,
    int maxHalfOpen,
    Duration handshakeTimeout,
    int maxInboundStreams,
    int maxOutboundStreams,
    Duration streamTimeout,
    Duration streamIdle,
    int sendBuffer,
    int initialWindow,
    int maxWindow,
    int maxPeerstorePeers,
    int maxAddressesPerPeer) {

  public Limits {
    atLeast(1, maxConnections, "maxConnections");
    atLeast(1, maxConnectionsPerIp, "maxConnectionsPerIp");
    atLeast(1, maxHalfOpen, "maxHalfOpen");
    atLeast(1, maxInboundStreams, "maxInboundStreams");
    atLeast(1, maxOutboundStreams, "maxOutboundStreams");
    atLeast(4_096, sendBuffer, "sendBuffer");
    atLeast(256 * 1024, initialWindow, "initialWindow");
    atLeast(initialWindow, maxWindow, "maxWindow");
    atLeast(1, maxPeerstorePeers, "maxPeerstorePeers");
    atLeast(1, maxAddressesPerPeer, "maxAddressesPerPeer");
    if (!handshakeTimeout.isPositive() || !streamTimeout.isPositive() || !streamIdle.isPositive()) {
      throw new IllegalArgumentException("timeouts must be positive");
    }
  }

  private static void atLeast(int least, int value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", not " + value);
    }
  }

  /// For a node on the open network. The window is the yamux specification's 256 KiB; eight
  /// connections for each address and 64 addresses for each peer are what go-libp2p settled on.
  public static Limits defaults() {
    return new Limits(
        2_000,
        8,
        256,
        Duration.ofSeconds(15),
        256,
        1_024,
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        256 * 1024,
        256 * 1024,
        16 * 1024 * 1024,
        100_000,
        64);
  }

  public Limits withMaxConnections(int connections) {
    return changed(draft -> draft.maxConnections = connections);
  }

  public Limits withMaxHalfOpen(int connections) {
    return changed(draft -> draft.maxHalfOpen = connections);
  }

  public Limits withTimeouts(Duration handshake, Duration stream, Duration idle) {
    return changed(draft -> {
      draft.handshakeTimeout = handshake;
      draft.streamTimeout = stream;
      draft.streamIdle = idle;
    });
  }

  private Limits changed(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.finish();
  }

  /// Limits while some of them are changed.
  private static final class Draft {
    private final Limits from;
    int maxConnections;
    int maxHalfOpen;
    Duration handshakeTimeout;
    Duration streamTimeout;
    Duration streamIdle;

    Draft(Limits from) {
      this.from = from;
      maxConnections = from.maxConnections;
      maxHalfOpen = from.maxHalfOpen;
      handshakeTimeout = from.handshakeTimeout;
      streamTimeout = from.streamTimeout;
      streamIdle = from.streamIdle;
    }

    Limits finish() {
      return new Limits(
          maxConnections,
          from.maxConnectionsPerIp,
          maxHalfOpen,
          handshakeTimeout,
          from.maxInboundStreams,
          from.maxOutboundStreams,
          streamTimeout,
          streamIdle,
          from.sendBuffer,
          from.initialWindow,
          from.maxWindow,
          from.maxPeerstorePeers,
          from.maxAddressesPerPeer);
    }
  }
}
