package io.kadenza.host.internal.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadenza.host.DialException;
import io.kadenza.host.DialException.Reason;
import io.kadenza.host.internal.net.MuxedConnection;
import io.kadenza.machine.Deadline;
import io.kadenza.multiformats.Multiaddr;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RaceTest {
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final List<Multiaddr> started = new ArrayList<>();
  private final List<Multiaddr> failed = new ArrayList<>();
  private final DialBackoff backoff = new DialBackoff(() -> 0);
  private final DialsUnderWay underWay = new DialsUnderWay();

  private static Multiaddr at(String ip, int port) {
    return Multiaddr.parse("/ip4/" + ip + "/tcp/" + port);
  }

  private Reason race(
      Race.Starter starter, boolean insist, Duration limit, Multiaddr... addresses) {
    Race.Starter noting =
        (address, expected) -> {
          started.add(address);
          return starter.dial(address, expected);
        };
    var course = new Race.Course(noting, backoff, underWay, (address, _) -> failed.add(address));
    var race = new Race(course, null, insist, List.of(addresses), Deadline.after(limit));
    return catchThrowableOfType(DialException.class, race::run).reason();
  }

  private static CompletableFuture<MuxedConnection> silence() {
    return new CompletableFuture<>();
  }

  private static CompletableFuture<MuxedConnection> refusal(Reason why) {
    return CompletableFuture.failedFuture(new DialException(why, "no"));
  }

  private void beginAll(String host) {
    IntStream.rangeClosed(1, DialsUnderWay.PER_HOST)
        .forEach(port -> assertThat(underWay.begin(at(host, port))).isTrue());
  }

  @Test
  void t25NoFurtherPortOfAHostIsTriedWhileManyDialsToItAreUnderWay() {
    beginAll("11.0.0.1");

    Reason reason = race((_, _) -> silence(), false, SHORT, at("11.0.0.1", 99));

    assertThat(reason).isEqualTo(Reason.TIMEOUT);
    assertThat(started).isEmpty();
  }

  @Test
  void otherHostsAreTriedMeanwhileAndThatOneOnceADialToItIsOver() {
    beginAll("11.0.0.1");
    Race.Starter freeing =
        (_, _) -> {
          underWay.end(at("11.0.0.1", 1));
          return refusal(Reason.UNREACHABLE);
        };

    var _ = race(freeing, false, LONG, at("11.0.0.1", 99), at("11.0.0.2", 1));

    assertThat(started).containsExactly(at("11.0.0.2", 1), at("11.0.0.1", 99));
  }

  @Test
  void whoInsistsWaitsForNobody() {
    beginAll("11.0.0.1");

    var _ = race((_, _) -> refusal(Reason.UNREACHABLE), true, LONG, at("11.0.0.1", 99));

    assertThat(started).containsExactly(at("11.0.0.1", 99));
  }

  @Test
  void aDialThatIsOverMakesRoomForAnother() {
    Multiaddr[] many =
        IntStream.range(1, 50).mapToObj(port -> at("11.0.0.1", port)).toArray(Multiaddr[]::new);

    var _ = race((_, _) -> refusal(Reason.PROTOCOL), false, LONG, many);

    assertThat(started).containsExactly(many);
  }

  @Test
  void aHostThatIsLeftAloneMeanwhileIsNotTriedAnyMore() {
    Race.Starter refusing =
        (address, _) -> {
          IntStream.range(0, 10).forEach(port -> backoff.failed(at("11.0.0.1", 1_000 + port)));
          return refusal(Reason.UNREACHABLE);
        };

    Reason reason = race(refusing, false, LONG, at("11.0.0.1", 1), at("11.0.0.1", 2));

    assertThat(reason).isEqualTo(Reason.UNREACHABLE);
    assertThat(started).containsExactly(at("11.0.0.1", 1));
  }

  @Test
  void theReasonIsTheFailureThatSaysMost() {
    Race.Starter mixed =
        (address, _) ->
            refusal(address.equals(at("11.0.0.2", 1)) ? Reason.WRONG_PEER : Reason.UNREACHABLE);

    Reason reason =
        race(mixed, false, LONG, at("11.0.0.1", 1), at("11.0.0.2", 1), at("11.0.0.3", 1));

    assertThat(reason).isEqualTo(Reason.WRONG_PEER);
    assertThat(failed).hasSize(3);
  }

  @Test
  void inANetworkOfOurOwnAnyNumberMayBeUnderWay() {
    IntStream.range(1, 1_000)
        .forEach(port -> assertThat(underWay.begin(at("127.0.0.1", port))).isTrue());
  }
}
