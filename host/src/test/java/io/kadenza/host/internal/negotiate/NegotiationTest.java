package io.kadenza.host.internal.negotiate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kadenza.host.internal.negotiate.Negotiation.State;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NegotiationTest {

  private static final String HEADER = "\u0013/multistream/1.0.0\n";
  private static final String NOISE = "\u0007/noise\n";
  private static final String TLS = "\u000b/tls/1.0.0\n";
  private static final String NA = "\u0003na\n";

  @Test
  void aDialerWithOneProtocolProposesItAtOnceAndChecksTheConfirmationLater() {
    Negotiation dialer = Negotiation.dialer(List.of("/noise"));

    assertThat(sent(dialer)).isEqualTo(HEADER + NOISE);
    assertThat(dialer.protocol()).isEqualTo("/noise");
    assertThat(dialer.state()).isEqualTo(State.NEGOTIATING);

    assertThat(receive(dialer, HEADER + NOISE + "payload")).isEqualTo((HEADER + NOISE).length());
    assertThat(dialer.state()).isEqualTo(State.AGREED);
  }

  @Test
  void aDialerWithSeveralProtocolsProposesThemInOrder() {
    Negotiation dialer = Negotiation.dialer(List.of("/tls/1.0.0", "/noise"));

    assertThat(sent(dialer)).isEqualTo(HEADER + TLS);
    receive(dialer, HEADER + NA);
    assertThat(sent(dialer)).isEqualTo(NOISE);
    receive(dialer, NOISE);
    assertThat(dialer.state()).isEqualTo(State.AGREED);
    assertThat(dialer.protocol()).isEqualTo("/noise");
  }

  @Test
  void aDialerIsRefusedWhenNothingItProposedIsSpoken() {
    Negotiation dialer = Negotiation.dialer(List.of("/noise"));
    receive(dialer, HEADER + NA);
    assertThat(dialer.state()).isEqualTo(State.REFUSED);
    assertThat(dialer.failure()).contains("/noise");
  }

  @Test
  void aDialerFailsOnAnAnswerItDidNotAskFor() {
    Negotiation dialer = Negotiation.dialer(List.of("/noise"));
    receive(dialer, HEADER + TLS);
    assertThat(dialer.state()).isEqualTo(State.FAILED);
  }

  @Test
  void aDialerFailsOnTheFirstByteOfAnotherProtocol() {
    Negotiation dialer = Negotiation.dialer(List.of("/noise"));
    receive(dialer, "HTTP/1.1 400 Bad Request\r\n\r\n".repeat(3));
    assertThat(dialer.state()).isEqualTo(State.FAILED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "with\nnewline"})
  void aDialerRefusesToProposeWhatCannotBeSent(String protocol) {
    assertThatIllegalArgumentException().isThrownBy(() -> Negotiation.dialer(List.of(protocol)));
  }

  @Test
  void aDialerProposesUpToTheLongestMessageAndNoMore() {
    String longest = "x".repeat(1023);
    Negotiation dialer = Negotiation.dialer(List.of(longest));
    Negotiation listener = listener(longest);
    receive(listener, sent(dialer));
    receive(dialer, sent(listener));
    assertThat(dialer.state()).isEqualTo(State.AGREED);
    assertThat(listener.protocol()).isEqualTo(longest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Negotiation.dialer(List.of("x".repeat(1024))));
  }

  /// go with lazy negotiation, rust's V1Lazy and js: header, proposal and payload in one packet.
  @Test
  void aListenerAnswersHeaderAndChoiceInOneFlushAndLeavesThePayload() {
    Negotiation listener = listener("/noise");
    assertThat(receive(listener, HEADER + NOISE + "\0\0")).isEqualTo((HEADER + NOISE).length());
    assertThat(sent(listener)).isEqualTo(HEADER + NOISE);
    assertThat(listener.state()).isEqualTo(State.AGREED);
    assertThat(listener.protocol()).isEqualTo("/noise");
  }

  /// py-libp2p and eager go: the proposal waits for our header.
  @Test
  void aListenerAnswersTheHeaderOfADialerThatWaitsForIt() {
    Negotiation listener = listener("/noise");
    assertThat(sent(listener)).isEmpty();
    receive(listener, HEADER);
    assertThat(sent(listener)).isEqualTo(HEADER);
    receive(listener, TLS);
    assertThat(sent(listener)).isEqualTo(NA);
    receive(listener, NOISE);
    assertThat(sent(listener)).isEqualTo(NOISE);
    assertThat(listener.state()).isEqualTo(State.AGREED);
  }

  @Test
  void aListenerRefusesListsAndSimultaneousOpen() {
    Negotiation listener = listener("/noise");
    receive(listener, HEADER + "\u0003ls\n" + "\u001d/libp2p/simultaneous-connect\n");
    assertThat(sent(listener)).isEqualTo(HEADER + NA + NA);
    assertThat(listener.state()).isEqualTo(State.NEGOTIATING);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 19, 20, 21, 1000})
  void anyChunkingLeadsToTheSameAgreement(int chunk) {
    Negotiation dialer = Negotiation.dialer(List.of("/a", "/b/1.0.0", "/noise"));
    Negotiation listener = listener("/noise");
    for (int round = 0; round < 10; round++) {
      feed(listener, sent(dialer), chunk);
      feed(dialer, sent(listener), chunk);
    }
    assertThat(dialer.state()).isEqualTo(State.AGREED);
    assertThat(listener.state()).isEqualTo(State.AGREED);
    assertThat(dialer.protocol()).isEqualTo("/noise");
  }

  @Test
  void protocolsOutsideAsciiAreSpoken() {
    Negotiation dialer = Negotiation.dialer(List.of("/grüße/1"));
    Negotiation listener = listener("/grüße/1");
    receive(listener, sent(dialer));
    receive(dialer, sent(listener));
    assertThat(dialer.state()).isEqualTo(State.AGREED);
  }

  /// T7: what stopped an Ethereum testnet, one `na` for each zero byte.
  @Test
  void aHundredMegabytesOfZerosGetNoAnswerAndEndAtTheFirst() {
    Negotiation listener = listener("/noise");
    byte[] zeros = new byte[1 << 20];
    int consumed = 0;
    for (int i = 0; i < 100; i++) {
      consumed += listener.receive(zeros, 0, zeros.length);
    }
    assertThat(listener.state()).isEqualTo(State.FAILED);
    assertThat(consumed).isEqualTo(1);
    assertThat(listener.output().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000", // empty message
        "\u0080\u0000", // overlong zero
        "\u0087\u0000/noise\n", // overlong length
        "\u0081\u0008", // 1025 bytes
        "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f", // 2^63 - 1
        "\u0006/noise", // no newline
        "\u0007/no\nse\n", // newline within
        "\u0007/no\u001bse\n", // escape sequence
        "\u0004\u00c3\u0028a\n", // ill-formed UTF-8
        "\u0001\n", // a bare newline
        "\u0002x\n" // shorter than its refusal
      })
  void aMalformedProposalEndsTheNegotiationWithoutAnAnswer(String proposal) {
    Negotiation listener = listener("/noise");
    receive(listener, HEADER);
    sent(listener);
    receive(listener, proposal);
    assertThat(listener.state()).isEqualTo(State.FAILED);
    assertThat(sent(listener)).isEmpty();
    assertThat(listener.failure()).isNotEmpty();
    assertThat(receive(listener, NOISE)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00f3\u009c\u0001\u00c8\u0011", // noise, as a private network of IPFS sounds
        "\u0006/noise", // no newline
        "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n"
      })
  void aDialerSaysThatTheOtherSideIsNoLibp2p(String greeting) {
    Negotiation dialer = Negotiation.dialer(List.of("/noise"));
    receive(dialer, greeting);
    assertThat(dialer.state()).isEqualTo(State.FAILED);
    assertThat(dialer.failure()).contains("no libp2p", "swarm.key");
  }

  @Test
  void aListenerFailsOnAnotherHeader() {
    Negotiation listener = listener("/noise");
    receive(listener, NOISE);
    assertThat(listener.state()).isEqualTo(State.FAILED);
    assertThat(sent(listener)).isEmpty();
  }

  @Test
  void aListenerAnswersAtMostAHundredProposalsAndNeverMoreThanItReceived() {
    Negotiation listener = listener("/noise");
    receive(listener, HEADER);
    int in = HEADER.length();
    int out = sent(listener).length();
    int answers = 0;
    for (int i = 0; i < 100_000; i++) {
      in += receive(listener, "\u0003ls\n");
      String answer = sent(listener);
      answers += answer.isEmpty() ? 0 : 1;
      out += answer.length();
    }
    assertThat(listener.state()).isEqualTo(State.FAILED);
    assertThat(answers).isEqualTo(99);
    assertThat(out).isLessThanOrEqualTo(in);
  }

  private static Negotiation listener(String protocol) {
    return Negotiation.listener(protocol::equals);
  }

  /// The buffer begins with bytes that are not the negotiation's.
  private static int receive(Negotiation negotiation, String text) {
    byte[] bytes = ("??" + text).getBytes(ISO_8859_1);
    return negotiation.receive(bytes, 2, bytes.length - 2);
  }

  private static void feed(Negotiation negotiation, String text, int chunk) {
    for (int i = 0; i < text.length(); i += chunk) {
      String piece = text.substring(i, Math.min(text.length(), i + chunk));
      assertThat(receive(negotiation, piece)).isEqualTo(piece.length());
    }
  }

  private static String sent(Negotiation negotiation) {
    return new String(negotiation.output().take(), ISO_8859_1);
  }
}
