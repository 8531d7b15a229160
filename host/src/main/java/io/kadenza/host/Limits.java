package io.kadenza.host;

import java.time.Duration;
import java.util.function.Consumer;

/// What a host grants to strangers: one object, threaded through every layer. All counts are of
/// things that a peer can make us hold. Start from [#defaults] and change with the `with…` methods.
///
/// @param maxConnections all connections; for one more, the one that has been without a stream for
///   longest ends ([Host#prefer]); where all are busy it is one of the IPv4 /16 or IPv6 /32 that
///   has most, or no further inbound one is taken
/// @param maxConnectionsPerIp connections from one IPv4 address or IPv6 /56; loopback is exempt
/// @param maxHalfOpen inbound connections whose handshake is not finished; for one more, the oldest
///   of the IPv4 /16 or IPv6 /32 that has most of them ends
/// @param handshakeTimeout from accept or connect to a proven identity
/// @param maxInboundStreams streams that a peer may hold open on one connection
/// @param maxOutboundStreams streams that this host opens on one connection
/// @param streamTimeout default wait of a blocking read or write, the age at which an inbound
///   stream that has not settled its protocol, or stopped in mid-frame, is reset, and how long a
///   connection that was closed waits for its peer to take the rest
/// @param streamIdle how long an inbound stream of frames may stay silent between two requests; an
///   outbound one is closed after three quarters of it, before the peer's patience ends
/// @param sendBuffer bytes that a stream may have queued before a writer waits
/// @param initialWindow a stream's first receive window, bytes
/// @param maxWindow the largest window that auto-tuning gives a stream, bytes
/// @param maxHeldBytes memory that all connections together may take for what is not through yet:
///   parts of messages, data nobody has read, answers that a peer does not take, and the books
///   about open streams. Beyond, connections end: of the IPv4 /16 or IPv6 /32 that holds most, the
///   ones that hold most, and never one that holds no more than its even share, `maxHeldBytes /
///   maxConnections`
/// @param maxPeerstorePeers peers remembered
/// @param maxPeerstoreBytes memory that those of them may take that are not connected
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
    long maxHeldBytes,
    int maxPeerstorePeers,
    long maxPeerstoreBytes,
    int maxAddressesPerPeer) {
  private static final long HELD_BYTES_LEAST = 16 << 20;
  private static final long HELD_BYTES_USUAL = 256 << 20;
  private static final long PEERSTORE_BYTES_LEAST = 8 << 20;
  private static final long PEERSTORE_BYTES_USUAL = 128 << 20;

  public Limits {
    atLeast(1, maxConnections, "maxConnections");
    atLeast(1, maxConnectionsPerIp, "maxConnectionsPerIp");
    atLeast(1, maxHalfOpen, "maxHalfOpen");
    atLeast(1, maxInboundStreams, "maxInboundStreams");
    atLeast(1, maxOutboundStreams, "maxOutboundStreams");
    atLeast(4_096, sendBuffer, "sendBuffer");
    atLeast(256 * 1024, initialWindow, "initialWindow");
    atLeast(initialWindow, maxWindow, "maxWindow");
    atLeast(1 << 20, maxHeldBytes, "maxHeldBytes");
    atLeast(1, maxPeerstorePeers, "maxPeerstorePeers");
    atLeast(1 << 16, maxPeerstoreBytes, "maxPeerstoreBytes");
    atLeast(1, maxAddressesPerPeer, "maxAddressesPerPeer");
    if (!handshakeTimeout.isPositive() || !streamTimeout.isPositive() || !streamIdle.isPositive()) {
      throw new IllegalArgumentException("timeouts must be positive");
    }
  }

  private static void atLeast(long least, long value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", not " + value);
    }
  }

  /// For a node on the open network. The window is the yamux specification's 256 KiB; eight
  /// connections for each address and 64 addresses for each peer are what go-libp2p settled on.
  /// What is not through yet may take an eighth of the heap, from 16 MiB in a small one to 256 MiB
  /// in a large one, and what is remembered of peers half as much.
  public static Limits defaults() {
    long heap = Runtime.getRuntime().maxMemory();
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
        Math.clamp(heap / 8, HELD_BYTES_LEAST, HELD_BYTES_USUAL),
        100_000,
        Math.clamp(heap / 16, PEERSTORE_BYTES_LEAST, PEERSTORE_BYTES_USUAL),
        64);
  }

  public Limits withMaxConnections(int value) {
    return changed(draft -> draft.maxConnections = value);
  }

  public Limits withMaxConnectionsPerIp(int value) {
    return changed(draft -> draft.maxConnectionsPerIp = value);
  }

  public Limits withMaxHalfOpen(int value) {
    return changed(draft -> draft.maxHalfOpen = value);
  }

  public Limits withMaxStreams(int inbound, int outbound) {
    return changed(draft -> {
      draft.maxInboundStreams = inbound;
      draft.maxOutboundStreams = outbound;
    });
  }

  public Limits withTimeouts(Duration handshake, Duration stream, Duration idle) {
    return changed(draft -> {
      draft.handshakeTimeout = handshake;
      draft.streamTimeout = stream;
      draft.streamIdle = idle;
    });
  }

  public Limits withSendBuffer(int bytes) {
    return changed(draft -> draft.sendBuffer = bytes);
  }

  public Limits withWindows(int initial, int largest) {
    return changed(draft -> {
      draft.initialWindow = initial;
      draft.maxWindow = largest;
    });
  }

  public Limits withMaxHeldBytes(long bytes) {
    return changed(draft -> draft.maxHeldBytes = bytes);
  }

  public Limits withMaxPeerstorePeers(int value) {
    return changed(draft -> draft.maxPeerstorePeers = value);
  }

  public Limits withMaxPeerstoreBytes(long bytes) {
    return changed(draft -> draft.maxPeerstoreBytes = bytes);
  }

  public Limits withMaxAddressesPerPeer(int value) {
    return changed(draft -> draft.maxAddressesPerPeer = value);
  }

  private Limits changed(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.finish();
  }

  /// Limits while some of them are changed.
  private static final class Draft {
    int maxConnections;
    int maxConnectionsPerIp;
    int maxHalfOpen;
    Duration handshakeTimeout;
    int maxInboundStreams;
    int maxOutboundStreams;
    Duration streamTimeout;
    Duration streamIdle;
    int sendBuffer;
    int initialWindow;
    int maxWindow;
    long maxHeldBytes;
    int maxPeerstorePeers;
    long maxPeerstoreBytes;
    int maxAddressesPerPeer;

    Draft(Limits from) {
      maxConnections = from.maxConnections;
      maxConnectionsPerIp = from.maxConnectionsPerIp;
      maxHalfOpen = from.maxHalfOpen;
      handshakeTimeout = from.handshakeTimeout;
      maxInboundStreams = from.maxInboundStreams;
      maxOutboundStreams = from.maxOutboundStreams;
      streamTimeout = from.streamTimeout;
      streamIdle = from.streamIdle;
      sendBuffer = from.sendBuffer;
      initialWindow = from.initialWindow;
      maxWindow = from.maxWindow;
      maxHeldBytes = from.maxHeldBytes;
      maxPeerstorePeers = from.maxPeerstorePeers;
      maxPeerstoreBytes = from.maxPeerstoreBytes;
      maxAddressesPerPeer = from.maxAddressesPerPeer;
    }

    Limits finish() {
      return new Limits(
          maxConnections,
          maxConnectionsPerIp,
          maxHalfOpen,
          handshakeTimeout,
          maxInboundStreams,
          maxOutboundStreams,
          streamTimeout,
          streamIdle,
          sendBuffer,
          initialWindow,
          maxWindow,
          maxHeldBytes,
          maxPeerstorePeers,
          maxPeerstoreBytes,
          maxAddressesPerPeer);
    }
  }
}
