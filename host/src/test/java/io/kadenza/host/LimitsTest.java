package io.kadenza.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final Limits DEFAULTS = Limits.defaults();
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void eachIsSetAndNothingElse() {
    assertChanged(l -> l.withMaxConnections(7), Map.of("maxConnections", 7));
    assertChanged(l -> l.withMaxConnectionsPerIp(7), Map.of("maxConnectionsPerIp", 7));
    assertChanged(l -> l.withMaxHalfOpen(7), Map.of("maxHalfOpen", 7));
    assertChanged(
        l -> l.withMaxStreams(7, 8), Map.of("maxInboundStreams", 7, "maxOutboundStreams", 8));
    assertChanged(
        l -> l.withTimeouts(SECOND, MINUTE, HOUR),
        Map.of("handshakeTimeout", SECOND, "streamTimeout", MINUTE, "streamIdle", HOUR));
    assertChanged(l -> l.withSendBuffer(8_192), Map.of("sendBuffer", 8_192));
    assertChanged(
        l -> l.withWindows(512 << 10, 1 << 20),
        Map.of("initialWindow", 512 << 10, "maxWindow", 1 << 20));
    assertChanged(l -> l.withMaxHeldBytes(7L << 20), Map.of("maxHeldBytes", 7L << 20));
    assertChanged(l -> l.withMaxPeerstorePeers(7), Map.of("maxPeerstorePeers", 7));
    assertChanged(l -> l.withMaxPeerstoreBytes(7L << 20), Map.of("maxPeerstoreBytes", 7L << 20));
    assertChanged(l -> l.withMaxAddressesPerPeer(7), Map.of("maxAddressesPerPeer", 7));
  }

  @Test
  void whatIsTooLittleIsRefusedByName() {
    assertThatThrownBy(() -> DEFAULTS.withMaxStreams(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxInboundStreams must be at least 1, not 0");
    assertThatThrownBy(() -> DEFAULTS.withWindows(1 << 20, 512 << 10))
        .as("a window that would have to shrink")
        .hasMessage("maxWindow must be at least 1048576, not 524288");
    assertThatThrownBy(() -> DEFAULTS.withTimeouts(SECOND, SECOND, Duration.ZERO))
        .hasMessage("timeouts must be positive");
  }

  private static void assertChanged(UnaryOperator<Limits> change, Map<String, Object> expected) {
    assertThat(difference(DEFAULTS, change.apply(DEFAULTS)))
        .containsExactlyInAnyOrderEntriesOf(expected);
  }

  private static Map<String, Object> difference(Limits before, Limits after) {
    var difference = new TreeMap<String, Object>();
    for (RecordComponent part : Limits.class.getRecordComponents()) {
      Object value = read(part, after);
      if (!value.equals(read(part, before))) {
        difference.put(part.getName(), value);
      }
    }
    return difference;
  }

  private static Object read(RecordComponent part, Limits of) {
    try {
      return part.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
