package io.kadenza.host.internal.noise;

import io.kadenza.host.internal.bytes.OutBuffer;
import io.kadenza.multiformats.PeerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One side of a Noise XX handshake. Confined to the connection's event loop.
public final class NoiseHandshake {

  private final OutBuffer output = new OutBuffer();

  private NoiseHandshake() {}

  /// The dialling side; `expected` is the peer that was dialled, null when any will do.
  public static NoiseHandshake initiator(
      NoiseIdentity local, @Nullable PeerId expected, List<String> muxers) {
    return new NoiseHandshake();
  }

  /// The listening side.
  public static NoiseHandshake responder(NoiseIdentity local, List<String> muxers) {
    return new NoiseHandshake();
  }

  /// Takes bytes from the remote; returns how many belonged to the handshake. What is left is the
  /// session's.
  ///
  /// @throws NoiseException when the remote is not who it says, or not who was dialled; nothing is
  ///   left to be sent
  public int receive(byte[] buf, int off, int len) {
    return 0;
  }

  /// What waits to be sent.
  public OutBuffer output() {
    return output;
  }

  public boolean done() {
    return false;
  }

  /// The session with the verified remote; only when [#done()].
  public NoiseSession session() {
    throw new IllegalStateException("the handshake is not done");
  }
}
