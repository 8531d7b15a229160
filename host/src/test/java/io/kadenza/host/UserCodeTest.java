package io.kadenza.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What an application's code that throws costs others.
class UserCodeTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String ECHO = "/echo/1.0.0";
  private static final FrameLimits FRAMES = new FrameLimits(1_000, 4, 3);

  /// Languages without checked exceptions throw those of Java from anywhere.
  static final List<Throwable> FAULTS =
      List.of(
          new IllegalStateException("a bug"),
          new IOException("a bug"),
          new AssertionError("a bug"),
          new NoClassDefFoundError("a bug"));

  @RegisterExtension private final Hosts hosts = new Hosts();

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> RuntimeException thrown(Throwable fault) throws E {
    throw (E) fault;
  }

  private static RuntimeException fail(Throwable fault) {
    return UserCodeTest.<RuntimeException>thrown(fault);
  }

  private static void assertEchoes(Stream stream) {
    stream.writeFrame(new byte[] {1, 2});
    assertThat(stream.readFrame(10)).containsExactly(1, 2);
  }

  @ParameterizedTest
  @FieldSource("FAULTS")
  void aFrameHandlerThatThrowsResetsTheStreamOfItsRequestOnly(Throwable fault) {
    Host server = hosts.start();
    server.handle(ECHO, Hosts::echo);
    server.handleFrames(
        "/bug/1",
        FRAMES,
        (_, _, _, _, _) -> {
          throw fail(fault);
        });
    var connection = hosts.start().connect(server.info(), LIMIT);
    var other = connection.open(List.of(ECHO), LIMIT);
    var stream = connection.open(List.of("/bug/1"), LIMIT);
    stream.writeFrame(new byte[3]);

    var failure = catchThrowableOfType(StreamException.class, () -> stream.readFrame(10));

    assertThat(failure.reason()).isEqualTo(StreamException.Reason.RESET);
    assertEchoes(other);
  }

  @Test
  void aFrameHandlerThatThrowsWhenAStreamIsOpenedResetsThatOnly() {
    Host server = hosts.start();
    server.handle(ECHO, Hosts::echo);
    server.handleFrames(
        "/bug/1",
        FRAMES,
        new FrameHandler() {
          @Override
          public void opened(Connection connection) {
            throw new IllegalStateException("a bug");
          }

          @Override
          public void request(Connection from, byte[] buffer, int at, int length, Exchange answer) {
            answer.reply(new byte[1]);
          }
        });
    var connection = hosts.start().connect(server.info(), LIMIT);
    var other = connection.open(List.of(ECHO), LIMIT);
    var stream = connection.open(List.of("/bug/1"), LIMIT);
    stream.writeFrame(new byte[3]);

    var failure = catchThrowableOfType(StreamException.class, () -> stream.readFrame(10));

    assertThat(failure.reason()).isEqualTo(StreamException.Reason.RESET);
    assertEchoes(other);
  }

  /// Tells how it ended, and throws whatever it is told.
  private record Faulty(Throwable fault, BlockingQueue<StreamException.Reason> ends)
      implements FrameListener {
    @Override
    public void frame(byte[] buffer, int offset, int length) {
      throw fail(fault);
    }

    @Override
    public void finished() {
      throw fail(fault);
    }

    @Override
    public void failed(StreamException why) {
      ends.add(why.reason());
      throw fail(fault);
    }

    @Override
    public void writable() {
      throw fail(fault);
    }
  }

  @ParameterizedTest
  @FieldSource("FAULTS")
  void aFrameListenerThatThrowsLosesItsStreamOnly(Throwable fault) throws Exception {
    Host server = hosts.start();
    server.handle(ECHO, Hosts::echo);
    var connection = hosts.start().connect(server.info(), LIMIT);
    var other = connection.open(List.of(ECHO), LIMIT);
    var ends = new LinkedBlockingQueue<StreamException.Reason>();

    connection.openFrames(ECHO, 10, new Faulty(fault, ends)).send(new byte[3]);

    assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo(StreamException.Reason.CLOSED);
    assertEchoes(other);
  }

  @Test
  void aFrameListenerThatHasThrownIsHandedNoFurtherFrame() throws Exception {
    Host server = hosts.start();
    server.handleFrames(
        "/three/1", FRAMES, (_, _, _, _, exchange) -> exchange.reply(new byte[] {0, 1, 0, 1, 0}));
    var connection = hosts.start().connect(server.info(), LIMIT);
    var frames = new LinkedBlockingQueue<Integer>();
    var end = new CompletableFuture<StreamException.Reason>();

    connection
        .openFrames(
            "/three/1",
            10,
            new FrameListener() {
              @Override
              public void frame(byte[] buffer, int offset, int length) {
                frames.add(length);
                throw new IllegalStateException("a bug");
              }

              @Override
              public void finished() {}

              @Override
              public void failed(StreamException why) {
                end.complete(why.reason());
              }
            })
        .sendFramed(new byte[] {1, 7, 1, 7, 1, 7}, 0, 6);

    assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo(StreamException.Reason.CLOSED);
    assertThat(frames).hasSize(1);
  }

  @ParameterizedTest
  @FieldSource("FAULTS")
  void aFrameListenerThatThrowsAtTheEndOfAConnectionLeavesNothingOfIt(Throwable fault)
      throws Exception {
    Host server = hosts.start();
    server.handle(ECHO, Hosts::echo);
    Host client = hosts.start();
    var gone = new CompletableFuture<Boolean>();
    var _ =
        client.observe(event -> {
          if (event instanceof HostEvent.Disconnected(var _, boolean last)) {
            gone.complete(last);
          }
        });
    var connection = client.connect(server.info(), LIMIT);
    var ends = new LinkedBlockingQueue<StreamException.Reason>();
    connection.openFrames("/silent/1", 10, new Faulty(fault, ends));
    connection.openFrames("/silent/1", 10, new Faulty(fault, ends));

    connection.close();

    assertThat(gone.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(client.connections()).isEmpty();
    assertThat(ends).hasSize(2);
  }

  @ParameterizedTest
  @FieldSource("FAULTS")
  void anObserverThatThrowsKeepsNothingFromTheOthers(Throwable fault) throws Exception {
    Host server = hosts.start();
    Host client = hosts.start();
    var _ =
        client.observe(_ -> {
          throw fail(fault);
        });
    var identified = Hosts.nextIdentification(client);

    assertThat(client.connect(server.info(), LIMIT).isOpen()).isTrue();

    assertThat(identified.get(20, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void aPredicateThatThrowsDoesNotPutOneMorePeerOutOfReach() {
    Host server = hosts.start();
    Host client = hosts.start();
    Predicate<Multiaddr> broken =
        _ -> {
          throw new AssertionError("a bug");
        };

    var failure =
        catchThrowableOfType(
            DialException.class, () -> client.connect(server.info(), broken, LIMIT));

    assertThat(failure.reason()).isNotEqualTo(DialException.Reason.TIMEOUT);
    assertThat(failure).hasRootCauseInstanceOf(AssertionError.class);
    assertThat(client.connect(server.info(), LIMIT).isOpen()).isTrue();
  }

  @Test
  void whoCannotTellWhomHePrefersPrefersNobody() throws Exception {
    Host server = hosts.start(Limits.defaults().withMaxConnections(1));
    Predicate<PeerId> broken =
        _ -> {
          throw new IllegalStateException("a bug");
        };
    var _ = server.prefer(broken);
    Host first = hosts.start();
    Hosts.meet(first, server);
    var gone = new CompletableFuture<Void>();
    var _ =
        first.observe(event -> {
          if (event instanceof HostEvent.Disconnected) {
            gone.complete(null);
          }
        });

    Hosts.meet(hosts.start(), server);

    gone.get(20, TimeUnit.SECONDS);
  }
}
