package io.kadenza.host.internal.yamux;

import static io.kadenza.host.internal.yamux.Wire.DATA;
import static io.kadenza.host.internal.yamux.Wire.GO_AWAY;
import static io.kadenza.host.internal.yamux.Wire.PING;
import static io.kadenza.host.internal.yamux.Wire.RST;
import static io.kadenza.host.internal.yamux.Wire.SYN;
import static io.kadenza.host.internal.yamux.Wire.WINDOW_UPDATE;
import static io.kadenza.host.internal.yamux.Wire.feed;
import static io.kadenza.host.internal.yamux.Wire.frame;
import static io.kadenza.host.internal.yamux.Wire.sent;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// T17: every type with every combination of flags, on every kind of stream.
class FlagMatrixTest {

  /// Columns: the flags; then what a data frame or window update without payload means on an id not
  /// yet used, on a stream the remote opened, on one we opened, and on one that is gone; then what
  /// a ping and a GOAWAY mean. `x` is a protocol error, `-` is nothing.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      textBlock =
          """
          none,            x,                 -,          -,          -, x,    GoneAway 0
          SYN,             Opened 9,          x,          x,          x, pong, x
          ACK,             x,                 -,          -,          -, -,    x
          SYN ACK,         x,                 x,          x,          x, x,    x
          FIN,             x,                 Finished 1, Finished 2, -, x,    x
          SYN FIN,         Opened 9 + Finished 9, x,      x,          x, x,    x
          ACK FIN,         x,                 Finished 1, Finished 2, -, x,    x
          SYN ACK FIN,     x,                 x,          x,          x, x,    x
          RST,             x,                 Reset 1,    Reset 2,    -, x,    x
          SYN RST,         -,                 x,          x,          x, x,    x
          ACK RST,         x,                 Reset 1,    Reset 2,    -, x,    x
          SYN ACK RST,     x,                 x,          x,          x, x,    x
          FIN RST,         x,                 Reset 1,    Reset 2,    -, x,    x
          SYN FIN RST,     -,                 x,          x,          x, x,    x
          ACK FIN RST,     x,                 Reset 1,    Reset 2,    -, x,    x
          SYN ACK FIN RST, x,                 x,          x,          x, x,    x
          """)
  void everyCombinationHasItsMeaning(
      String flags,
      String unused,
      String theirs,
      String ours,
      String gone,
      String ping,
      String goAway) {
    int bits = bits(flags);
    for (int type : new int[] {DATA, WINDOW_UPDATE}) {
      assertThat(meaning(type, bits, 9)).isEqualTo(unused);
      assertThat(meaning(type, bits, 1)).isEqualTo(theirs);
      assertThat(meaning(type, bits, 2)).isEqualTo(ours);
      assertThat(meaning(type, bits, 3)).isEqualTo(gone);
      assertThat(meaning(type, bits, 0)).as("on the session").isEqualTo("x");
      assertThat(meaning(type, bits, 4)).as("on an id we have not used").isEqualTo("x");
    }
    assertThat(meaning(PING, bits, 0)).isEqualTo(ping);
    assertThat(meaning(PING, bits, 1)).isEqualTo("x");
    assertThat(meaning(GO_AWAY, bits, 0)).isEqualTo(goAway);
    assertThat(meaning(GO_AWAY, bits, 1)).isEqualTo("x");
  }

  /// A server with stream 1 opened by the remote, 2 opened here, 3 opened and reset by the remote.
  private static String meaning(int type, int flags, int stream) {
    Yamux yamux = Wire.server();
    yamux.announce(yamux.open(0));
    feed(yamux, frame(DATA, SYN, 1, 0), frame(DATA, SYN, 3, 0), frame(DATA, RST, 3, 0));
    sent(yamux);
    try {
      String events = feed(yamux, frame(type, flags, stream, 0)).replace(", ", " + ");
      String sent = sent(yamux);
      if (sent.equals("PING ACK 0 0")) {
        return events + "pong";
      }
      assertThat(sent).isEmpty();
      return events.isEmpty() ? "-" : events;
    } catch (YamuxException e) {
      assertThat(e.kind()).isEqualTo(YamuxException.Kind.PROTOCOL);
      assertThat(sent(yamux)).isEqualTo("GOAWAY 0 1");
      return "x";
    }
  }

  private static int bits(String flags) {
    int bits = 0;
    bits |= flags.contains("SYN") ? SYN : 0;
    bits |= flags.contains("ACK") ? Wire.ACK : 0;
    bits |= flags.contains("FIN") ? Wire.FIN : 0;
    bits |= flags.contains("RST") ? RST : 0;
    return bits;
  }
}
