package io.kadenza.host.internal.negotiate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kadenza.host.internal.bytes.OutBuffer;
import java.util.List;
import java.util.function.Predicate;

/// One side of a multistream-select 1.0 negotiation (libp2p `connections/README.md`). Confined to
/// the connection's event loop.
///
/// The dialer sends the header and its first proposal at once. With a single protocol to propose
/// the caller may send payload behind the proposal and saves a round trip; the confirmation is
/// checked when it comes. The listener answers only to what it has received, and never with more
/// bytes.
public final class Negotiation {

  public enum State {
    /// Under way.
    NEGOTIATING,
    /// Both sides speak [Negotiation#protocol()] from here on.
    AGREED,
    /// The remote speaks none of the protocols proposed.
    REFUSED,
    /// The remote broke the rules: close.
    FAILED
  }

  /// What both sides say first.
  private static final String HEADER = "/multistream/1.0.0";

  private static final String NOT_AVAILABLE = "na";

  /// A private network of IPFS encrypts from the first byte on, with a key that all its nodes
  /// share.
  private static final String NO_HEADER =
      "the other side does not begin with a multistream header; it is no libp2p, or of a private"
          + " network with a swarm.key, which is not supported";

  /// Proposals a listener answers before it takes the dialer for one that will never be content.
  /// Nobody speaks as many.
  private static final int MAX_PROPOSALS = 100;

  private final OutBuffer output = new OutBuffer();
  private final MessageReader reader = new MessageReader();
  private final Role role;
  private boolean headerSeen;
  private State state = State.NEGOTIATING;
  private String protocol = "";
  private String failure = "";

  private Negotiation(Role role) {
    this.role = role;
  }

  /// The side that proposes, in order of preference.
  ///
  /// @throws IllegalArgumentException when there is nothing to propose, or a proposal that cannot
  ///   be sent
  public static Negotiation dialer(List<String> protocols) {
    protocols.forEach(Negotiation::requireSendable);
    Dialer dialer = new Dialer(List.copyOf(protocols));
    Negotiation negotiation = new Negotiation(dialer);
    negotiation.send(HEADER);
    negotiation.propose(dialer.protocols.getFirst());
    return negotiation;
  }

  /// The side that accepts the first proposal it supports.
  public static Negotiation listener(Predicate<String> supported) {
    return new Negotiation(new Listener(supported));
  }

  /// Takes bytes from the remote; returns how many belonged to the negotiation. What is left, once
  /// the state is [State#AGREED], is the agreed protocol's; in any other final state it is
  /// nobody's.
  public int receive(byte[] buf, int off, int len) {
    int at = off;
    int end = off + len;
    while (at < end && state == State.NEGOTIATING) {
      at += reader.read(buf, at, end - at);
      String malformed = reader.malformed();
      String message = reader.message();
      if (malformed != null) {
        fail(headerSeen ? malformed : NO_HEADER);
      } else if (message != null) {
        message(message);
      }
    }
    return at - off;
  }

  /// What waits to be sent.
  public OutBuffer output() {
    return output;
  }

  public State state() {
    return state;
  }

  /// The protocol agreed on; before, the dialer's current proposal.
  public String protocol() {
    return protocol;
  }

  /// What was wrong, for the log; empty unless refused or failed. Never holds the remote's own
  /// words.
  public String failure() {
    return failure;
  }

  private void message(String message) {
    if (headerSeen) {
      switch (role) {
        case Dialer dialer -> answered(dialer, message);
        case Listener listener -> proposed(listener, message);
      }
    } else if (message.equals(HEADER)) {
      headerSeen = true;
      if (role instanceof Listener) {
        send(HEADER);
      }
    } else {
      // "If either side receives anything other than the multistream protocol id as the first
      // message, they abort."
      fail(NO_HEADER);
    }
  }

  private void answered(Dialer dialer, String answer) {
    if (answer.equals(protocol)) {
      state = State.AGREED;
    } else if (!answer.equals(NOT_AVAILABLE)) {
      fail("an answer that names another protocol");
    } else if (++dialer.next < dialer.protocols.size()) {
      propose(dialer.protocols.get(dialer.next));
    } else {
      state = State.REFUSED;
      failure = "the remote speaks none of " + dialer.protocols;
    }
  }

  private void proposed(Listener listener, String proposal) {
    if (listener.supported.test(proposal)) {
      protocol = proposal;
      send(proposal);
      state = State.AGREED;
    } else if (proposal.length() < NOT_AVAILABLE.length()) {
      // Refusing it would send more than was received, and no protocol is named so.
      fail("a proposal of a single character");
    } else if (++listener.refused == MAX_PROPOSALS) {
      fail("100 proposals and none of them spoken here");
    } else {
      send(NOT_AVAILABLE);
    }
  }

  private void propose(String proposal) {
    protocol = proposal;
    send(proposal);
  }

  private void send(String message) {
    byte[] text = message.getBytes(UTF_8);
    int length = text.length + 1;
    if (length < 0x80) {
      output.putByte(length);
    } else {
      output.putByte((length & 0x7f) | 0x80);
      output.putByte(length >>> 7);
    }
    output.put(text, 0, text.length);
    output.putByte('\n');
  }

  private void fail(String why) {
    state = State.FAILED;
    failure = why;
  }

  /// Refuses what no message of a negotiation can name.
  ///
  /// @throws IllegalArgumentException if it is none
  public static void requireSendable(String protocol) {
    int length = protocol.getBytes(UTF_8).length + 1;
    if (protocol.isEmpty() || length > MessageReader.MAX_MESSAGE || protocol.indexOf('\n') >= 0) {
      throw new IllegalArgumentException(
          "a protocol id has 1 to 1023 bytes and no newline: " + protocol);
    }
  }

  private sealed interface Role permits Dialer, Listener {}

  private static final class Dialer implements Role {
    final List<String> protocols;
    int next;

    Dialer(List<String> protocols) {
      if (protocols.isEmpty()) {
        throw new IllegalArgumentException("no protocol to propose");
      }
      this.protocols = protocols;
    }
  }

  private static final class Listener implements Role {
    final Predicate<String> supported;
    int refused;

    Listener(Predicate<String> supported) {
      this.supported = supported;
    }
  }
}
