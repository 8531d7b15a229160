package io.kadenza.host.internal.noise;

import io.kadenza.crypto.PublicKey;
import io.kadenza.host.internal.bytes.OutBuffer;
import io.kadenza.host.internal.noise.NoiseException.Kind;
import io.kadenza.multiformats.PeerId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One side of a Noise XX handshake (libp2p `noise/README.md`). Confined to the connection's event
/// loop.
///
/// There is no session, and nothing of the remote's to be seen, until its identity is proven; the
/// initiator does not even tell its own before.
public final class NoiseHandshake {

  /// Room for the largest RSA key with its signature and then some; an honest message has about 300
  /// bytes, and junk is refused by its length.
  private static final int MAX_MESSAGE = 8 << 10;

  private static final byte[] NO_PAYLOAD = {};

  private enum Awaiting {
    FIRST,
    SECOND,
    THIRD,
    NOTHING
  }

  private final OutBuffer output = new OutBuffer();
  private final NoiseFrames frames = new NoiseFrames();
  private final NoiseIdentity local;
  private final XxPattern pattern;
  private final @Nullable PeerId expected;
  private final List<String> muxers;
  private Awaiting awaiting;
  private @Nullable NoiseSession session;

  private NoiseHandshake(
      NoiseIdentity local, @Nullable PeerId expected, List<String> muxers, Awaiting awaiting) {
    this.local = local;
    this.pattern = local.pattern();
    this.expected = expected;
    this.muxers = List.copyOf(muxers);
    this.awaiting = awaiting;
  }

  /// The dialling side; `expected` is the peer that was dialled, null when any will do. `muxers`
  /// are the stream muxers spoken here, in order of preference; none for negotiating them
  /// afterwards.
  public static NoiseHandshake initiator(
      NoiseIdentity local, @Nullable PeerId expected, List<String> muxers) {
    NoiseHandshake handshake = new NoiseHandshake(local, expected, muxers, Awaiting.SECOND);
    // "The initiator MUST NOT send extensions in their first message."
    handshake.send(handshake.pattern.writeFirst(NO_PAYLOAD));
    return handshake;
  }

  /// The listening side.
  public static NoiseHandshake responder(NoiseIdentity local, List<String> muxers) {
    return new NoiseHandshake(local, null, muxers, Awaiting.FIRST);
  }

  /// Takes bytes from the remote; returns how many belonged to the handshake. What is left is the
  /// session's.
  ///
  /// @throws NoiseException when the remote is not who it says, or not who was dialled; nothing is
  ///   left to be sent
  public int receive(byte[] buf, int off, int len) {
    if (awaiting == Awaiting.NOTHING) {
      if (session == null) {
        throw new NoiseException(Kind.CLOSED, "the handshake has failed");
      }
      return 0;
    }
    boolean sound = false;
    try {
      int consumed = read(buf, off, len);
      sound = true;
      return consumed;
    } finally {
      if (!sound) {
        awaiting = Awaiting.NOTHING;
        output.clear();
      }
    }
  }

  /// What waits to be sent.
  public OutBuffer output() {
    return output;
  }

  public boolean done() {
    return session != null;
  }

  /// The session with the verified remote; only when [#done()].
  public NoiseSession session() {
    if (session == null) {
      throw new IllegalStateException("the handshake is not done");
    }
    return session;
  }

  private int read(byte[] buf, int off, int len) {
    int at = off;
    int end = off + len;
    while (at < end && awaiting != Awaiting.NOTHING) {
      at += frames.read(buf, at, end - at);
      if (frames.lengthKnown() && frames.length() > MAX_MESSAGE) {
        throw new NoiseException(Kind.MALFORMED, "a handshake message beyond 8 KiB");
      }
      if (frames.ready()) {
        message(frames.array(), frames.offset(), frames.length());
      }
    }
    frames.release();
    return at - off;
  }

  private void message(byte[] buf, int off, int len) {
    switch (awaiting) {
      case FIRST -> {
        pattern.readFirst(buf, off, len);
        send(pattern.writeSecond(local.payload(muxers)));
        awaiting = Awaiting.THIRD;
      }
      case SECOND -> {
        HandshakePayload payload = HandshakePayload.parse(pattern.readSecond(buf, off, len));
        PublicKey remote = verified(payload);
        Optional<String> muxer = HandshakePayload.chooseMuxer(muxers, payload.muxers());
        send(pattern.writeThird(local.payload(muxers)));
        CipherState[] keys = pattern.split();
        complete(new NoiseSession(keys[0], keys[1], remote, muxer));
      }
      case THIRD -> {
        HandshakePayload payload = HandshakePayload.parse(pattern.readThird(buf, off, len));
        PublicKey remote = verified(payload);
        Optional<String> muxer = HandshakePayload.chooseMuxer(payload.muxers(), muxers);
        CipherState[] keys = pattern.split();
        complete(new NoiseSession(keys[1], keys[0], remote, muxer));
      }
      case NOTHING -> throw new IllegalStateException("no message is awaited");
    }
  }

  private PublicKey verified(HandshakePayload payload) {
    PublicKey remote = payload.verify(pattern.remoteStatic());
    if (expected != null && !expected.equals(remote.peerId())) {
      throw new NoiseException(
          Kind.WRONG_PEER, "dialled " + expected + ", answered by " + remote.peerId());
    }
    return remote;
  }

  private void send(byte[] message) {
    output.putShort(message.length);
    output.put(message, 0, message.length);
  }

  private void complete(NoiseSession established) {
    session = established;
    awaiting = Awaiting.NOTHING;
  }
}
