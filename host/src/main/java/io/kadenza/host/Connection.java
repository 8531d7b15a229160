package io.kadenza.host;

import io.kadenza.crypto.PublicKey;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// An authenticated, encrypted, multiplexed link to one peer. Safe for use by any thread.
public interface Connection extends AutoCloseable {

  /// Who is at the other end, proven by the handshake.
  PeerId peer();

  PublicKey peerKey();

  Direction direction();

  /// The address at the other end, without `/p2p`.
  Multiaddr remoteAddress();

  /// This end's address, without `/p2p`.
  Multiaddr localAddress();

  Instant openedAt();

  boolean isOpen();

  /// How many streams are open, both ways.
  int streams();

  /// Opens a stream. With one protocol the call does not wait for the peer: the proposal travels
  /// with the first bytes written, and a refusal shows at the first read. With several it waits
  /// until one is agreed on.
  ///
  /// @param protocols in order of preference
  /// @throws StreamException if the connection is closed, full, or no protocol is agreed on in time
  Stream open(List<String> protocols, Duration limit);

  /// Opens a stream of length-prefixed frames, whose answers a listener is told of. Does not wait:
  /// the proposal travels with the first frame, and a refusal is told to the listener.
  ///
  /// @param maxFrame the longest frame accepted, bytes; a longer one ends the stream
  /// @throws StreamException if the connection is closed or full
  FrameStream openFrames(String protocol, int maxFrame, FrameListener listener);

  /// Closes the connection and its streams. Idempotent; does not wait.
  @Override
  void close();
}
