package io.kadenza.host.internal.net;

import io.kadenza.crypto.PublicKey;
import io.kadenza.host.Direction;
import io.kadenza.host.internal.bytes.OutBuffer;
import io.kadenza.host.internal.negotiate.Negotiation;
import io.kadenza.host.internal.noise.NoiseHandshake;
import io.kadenza.host.internal.noise.NoiseIdentity;
import io.kadenza.host.internal.noise.NoiseSession;
import io.kadenza.host.internal.noise.Plaintext;
import io.kadenza.multiformats.PeerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The upgrade of a connection, as a machine over bytes: an agreement on Noise, its handshake, and
/// an agreement on Yamux unless the handshake has brought one. After that it deciphers what comes
/// and seals what goes. Confined to the connection's event loop.
final class Upgrade {
  private static final String NOISE = "/noise";
  private static final String YAMUX = "/yamux/1.0.0";

  private final Direction direction;
  private final Listener listener;

  /// The last words of stages that are over, to leave before what follows them. An idle connection
  /// keeps nothing for them.
  private final OutBuffer settled = new OutBuffer(0);

  private Stage stage = new Idle();

  /// Is told where an upgrade leads.
  interface Listener extends Plaintext {
    /// The peer has proven that this key is its own, and speaks Yamux: all plaintext is Yamux's.
    void upgraded(PublicKey peer);

    /// The peer does not speak what we do; the upgrade is over.
    void refused(String why);
  }

  private sealed interface Stage {}

  /// Not begun, or over.
  private record Idle() implements Stage {}

  private record ChoosingSecurity(Negotiation negotiation, NoiseHandshake handshake)
      implements Stage {}

  private record Authenticating(NoiseHandshake handshake) implements Stage {}

  private sealed interface Encrypted extends Stage {
    NoiseSession session();
  }

  private record ChoosingMuxer(NoiseSession session, Negotiation negotiation)
      implements Encrypted {}

  private record Upgraded(NoiseSession session) implements Encrypted {}

  Upgrade(Direction direction, Listener listener) {
    this.direction = direction;
    this.listener = listener;
  }

  /// @param expected who is dialled, null if it may be anybody
  void begin(NoiseIdentity identity, @Nullable PeerId expected) {
    List<String> muxers = List.of(YAMUX);
    // The dialler sends its proposal and Noise's first message in one flight: neither needs an
    // answer to be written.
    stage =
        new ChoosingSecurity(
            negotiation(NOISE),
            direction == Direction.OUTBOUND
                ? NoiseHandshake.initiator(identity, expected, muxers)
                : NoiseHandshake.responder(identity, muxers));
  }

  /// Gives up what has been received in part.
  void end() {
    stage = new Idle();
  }

  private Negotiation negotiation(String protocol) {
    return direction == Direction.OUTBOUND
        ? Negotiation.dialer(List.of(protocol))
        : Negotiation.listener(protocol::equals);
  }

  /// Takes bytes from the peer, and deciphers them where they are.
  ///
  /// @throws io.kadenza.host.internal.noise.NoiseException when the peer is not who was dialled, or
  ///   breaks Noise's rules
  void receive(byte[] buf, int off, int len) {
    int at = off;
    int end = off + len;
    while (at < end) {
      switch (stage) {
        case ChoosingSecurity(var negotiation, var handshake) -> {
          at += negotiation.receive(buf, at, end - at);
          if (hasAgreed(negotiation)) {
            negotiation.output().drainTo(settled);
            stage = new Authenticating(handshake);
          }
        }
        case Authenticating(var handshake) -> {
          at += handshake.receive(buf, at, end - at);
          if (handshake.done()) {
            handshake.output().drainTo(settled);
            authenticated(handshake.session());
          }
        }
        case Encrypted encrypted -> {
          encrypted.session().receive(buf, at, end - at, this::plaintext);
          return;
        }
        case Idle _ -> {
          return;
        }
      }
    }
  }

  private boolean hasAgreed(Negotiation negotiation) {
    return switch (negotiation.state()) {
      case AGREED -> true;
      case NEGOTIATING -> false;
      case REFUSED, FAILED -> {
        end();
        listener.refused("no common protocol: " + negotiation.failure());
        yield false;
      }
    };
  }

  private void authenticated(NoiseSession session) {
    if (session.muxer().isPresent()) {
      complete(session);
    } else {
      stage = new ChoosingMuxer(session, negotiation(YAMUX));
    }
  }

  private void plaintext(byte[] buf, int off, int len) {
    int at = off;
    int end = off + len;
    if (stage instanceof ChoosingMuxer(var session, var negotiation)) {
      at += negotiation.receive(buf, at, end - at);
      if (hasAgreed(negotiation)) {
        session.seal(negotiation.output(), settled);
        complete(session);
      }
    }
    if (stage instanceof Upgraded && at < end) {
      listener.plaintext(buf, at, end - at);
    }
  }

  private void complete(NoiseSession session) {
    stage = new Upgraded(session);
    listener.upgraded(session.remoteKey());
  }

  /// Moves what the upgrade itself has to say to the end of `out`.
  void drainTo(OutBuffer out) {
    if (!settled.isEmpty()) {
      settled.drainTo(out);
    }
    switch (stage) {
      case ChoosingSecurity(var negotiation, var handshake) -> {
        negotiation.output().drainTo(out);
        handshake.output().drainTo(out);
      }
      case Authenticating(var handshake) -> handshake.output().drainTo(out);
      case ChoosingMuxer(var session, var negotiation) -> session.seal(negotiation.output(), out);
      case Upgraded _, Idle _ -> {}
    }
  }

  /// Moves what the muxer has to say to the end of `out`, encrypted. Only once upgraded, and after
  /// [#drainTo].
  void seal(OutBuffer plain, OutBuffer out) {
    if (stage instanceof Upgraded(var session)) {
      session.seal(plain, out);
    }
  }

  /// Bytes of memory held for an encrypted frame that has arrived in part.
  int held() {
    return stage instanceof Encrypted encrypted ? encrypted.session().held() : 0;
  }
}
