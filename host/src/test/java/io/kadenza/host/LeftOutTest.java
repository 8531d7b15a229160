package io.kadenza.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.multiformats.Multiaddr;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a host is not told, or told in vain.
class LeftOutTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String ECHO = "/echo/1.0.0";
  private static final FrameLimits FRAMES = new FrameLimits(1_000, 4, 3);

  @RegisterExtension private final Hosts hosts = new Hosts();

  static final List<ThrowingCallable> LEFT_OUT =
      leftOut(Host.builder(Identity.generate(KeyType.ED25519)));

  @SuppressWarnings("NullAway") // That is what is tried.
  private static List<ThrowingCallable> leftOut(HostBuilder builder) {
    return List.of(
        () -> Host.builder(null),
        () -> builder.listen((String[]) null),
        () -> builder.listen((List<Multiaddr>) null),
        () -> builder.limits(null),
        () -> builder.agent(null),
        () -> builder.names(null));
  }

  @ParameterizedTest
  @FieldSource("LEFT_OUT")
  void whatABuilderNeedsIsMissedAtOnce(ThrowingCallable call) {
    assertThatNullPointerException().isThrownBy(call);
  }

  @Test
  @SuppressWarnings("NullAway") // That is what is tried.
  void whoLeavesOutWhomToCallHearsOfItAtOnce() {
    Host host = hosts.start();

    assertThatNullPointerException().isThrownBy(() -> host.handle(ECHO, null));
    assertThatNullPointerException().isThrownBy(() -> host.handleFrames(ECHO, FRAMES, null));
    assertThatNullPointerException()
        .isThrownBy(() -> host.handleFrames(ECHO, null, (_, _, _, _, answer) -> answer.done()));
    assertThatNullPointerException().isThrownBy(() -> host.observe(null));
    assertThatNullPointerException().isThrownBy(() -> host.prefer(null));
    assertThat(host.protocols()).doesNotContain(ECHO);
    var connection = hosts.start().connect(host.info(), LIMIT);
    assertThatNullPointerException().isThrownBy(() -> connection.openFrames(ECHO, 10, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/two\n/lines"})
  void aProtocolThatNobodyCanAskForIsNotServed(String name) {
    Host host = hosts.start();

    assertThatIllegalArgumentException().isThrownBy(() -> host.handle(name, Hosts::echo));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> host.handle("/" + "y".repeat(1_023), Hosts::echo));
  }

  @Test
  void whatPeersWouldNotReadIsNoAgent() {
    HostBuilder builder = Host.builder(Identity.generate(KeyType.ED25519));

    assertThatIllegalArgumentException().isThrownBy(() -> builder.agent("ä".repeat(129)));
    assertThat(builder.agent("ä".repeat(128))).isSameAs(builder);
  }

  @Test
  @SuppressWarnings("NullAway") // That is what is tried.
  void whoReadsToNowhereDoesNotWaitForIt() {
    Host server = hosts.start();
    server.handle(ECHO, Hosts::echo);
    Stream stream = hosts.start().open(server.info(), List.of(ECHO), LIMIT);

    assertThatNullPointerException().isThrownBy(() -> stream.read(null, 0, 1));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> stream.read(new byte[2], 1, 2));
  }
}
