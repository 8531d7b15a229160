package io.kadenza.host.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.crypto.primitive.CryptoSuite;
import io.kadenza.host.Direction;
import io.kadenza.host.FrameListener;
import io.kadenza.host.Limits;
import io.kadenza.host.StreamException;
import io.kadenza.host.internal.noise.NoiseIdentity;
import io.kadenza.multiformats.Multiaddr;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The end of a connection, on a link whose peer takes nothing: it stays open as long as it likes.
class MuxedConnectionTest {
  /// The version is none.
  private static final byte[] VIOLATION = {9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

  private static final byte[] GOING_AWAY = {0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

  /// Opens stream 1 with the first two bytes of a negotiation.
  private static final byte[] OPENING = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 19, '/'};

  /// Where a frame has the id of its stream.
  private static final int ID = 4;

  private static final int FRAME_BYTES = 12;

  private final Limits limits = Limits.defaults();
  private final StreamThreads threads = new StreamThreads();
  private final Deque<Runnable> loop = new ArrayDeque<>();
  private final List<String> told = new ArrayList<>();
  private final DeafLink link = new DeafLink();
  private boolean welcome = true;
  private final MuxedConnection connection = connection();

  private MuxedConnection connection() {
    var host = Identity.generate(KeyType.ED25519);
    var peer = Identity.generate(KeyType.ED25519);
    var here = Multiaddr.parse("/ip4/127.0.0.1/tcp/1");
    var context =
        new ConnectionContext(
            NoiseIdentity.create(host, CryptoSuite.best()),
            new Protocols(),
            limits,
            threads,
            new MemoryBudget(limits),
            new Diary());
    return new MuxedConnection(
        link, context, new Meeting(peer.peerId(), peer.publicKey(), Direction.INBOUND, here, here));
  }

  /// What its owner hears of the connection.
  private final class Diary implements ConnectionOwner {
    @Override
    public boolean opened(MuxedConnection opened) {
      told.add("opened");
      return welcome;
    }

    @Override
    public void closed(MuxedConnection closed) {
      told.add("closed");
    }

    @Override
    public void inboundFailed(Multiaddr from, String why) {
      told.add(why);
    }
  }

  /// Counts how often it is told to close.
  private final class DeafLink implements Link {
    int closings;
    boolean outOfMemory;
    boolean cannotClose;

    @Override
    public void execute(Runnable task) {
      loop.add(task);
    }

    @Override
    public boolean inLoop() {
      return true;
    }

    @Override
    public Future<?> later(Runnable task, long delay, TimeUnit unit) {
      return new FutureTask<>(task, null);
    }

    @Override
    public boolean writable() {
      return false;
    }

    @Override
    public void flush() {
      if (outOfMemory) {
        throw new OutOfMemoryError("as if");
      }
    }

    @Override
    public long held() {
      return 0;
    }

    @Override
    public void close() {
      closings++;
      if (cannotClose) {
        throw new OutOfMemoryError("as if");
      }
    }

    @Override
    public void drop() {}
  }

  private void receive(byte[] bytes) {
    connection.receive(bytes.clone(), 0, bytes.length);
    runLoop();
  }

  private void runLoop() {
    for (Runnable task = loop.poll(); task != null; task = loop.poll()) {
      task.run();
    }
  }

  @AfterEach
  void end() {
    threads.close();
  }

  @Test
  void whoBreaksTheProtocolIsLeftOnceHoweverMuchHeStillSends() {
    connection.start();

    for (int i = 0; i < 100; i++) {
      receive(VIOLATION);
    }

    assertThat(link.closings).isEqualTo(1);
    assertThat(told).containsExactly("opened", "closed");
  }

  /// It takes no further stream, so whoever would ask it something needs another connection.
  @Test
  void whoGoesAwayIsLetGo() {
    connection.start();
    receive(OPENING);

    receive(GOING_AWAY);

    assertThat(link.closings).isEqualTo(1);
    assertThat(told).containsExactly("opened", "closed");
  }

  @Test
  void nothingIsHeardOfAPeerThatHasBeenLeft() {
    connection.start();
    connection.close();
    connection.close();
    runLoop();

    receive(OPENING);

    assertThat(connection.streams()).isZero();
    assertThat(connection.output().size()).as("no more than the farewell").isEqualTo(FRAME_BYTES);
    assertThat(link.closings).isEqualTo(1);
  }

  /// What it sends behind its handshake is there before it can know; a handler would keep books
  /// about a connection of which nobody is told that it ends.
  @Test
  void nothingIsHeardOfAPeerThatIsTurnedAway() {
    welcome = false;
    connection.start();

    connection.receive(OPENING.clone(), 0, OPENING.length);

    assertThat(connection.streams()).isZero();
    runLoop();
    assertThat(link.closings).isEqualTo(1);
  }

  @Test
  void theLastIdThereIsIsOneAsAllOthers() {
    connection.start();
    byte[] opening = OPENING.clone();
    Arrays.fill(opening, ID, ID + Integer.BYTES, (byte) 0xff);

    receive(opening);
    assertThat(connection.streams()).isOne();

    receive(new byte[] {0, 0, 0, 8, -1, -1, -1, -1, 0, 0, 0, 0});
    assertThat(connection.streams()).isZero();
  }

  @Test
  void streamsEndWithTheConnectionAndNotWithTheLink() {
    connection.start();
    receive(OPENING);
    var ends = new ArrayList<StreamException.Reason>();
    connection.open(
        "/mine/1",
        _ ->
            new StreamSink() {
              @Override
              public void data(byte[] buffer, int offset, int length) {}

              @Override
              public void finished() {}

              @Override
              public void failed(StreamException why) {
                ends.add(why.reason());
              }
            });
    runLoop();
    assertThat(connection.streams()).isEqualTo(2);

    connection.close();
    runLoop();

    assertThat(ends).containsExactly(StreamException.Reason.CONNECTION_CLOSED);
    assertThat(connection.streams()).isZero();
  }

  /// Hears nothing.
  private static final class Deaf implements FrameListener {
    @Override
    public void frame(byte[] buffer, int offset, int length) {}

    @Override
    public void finished() {}

    @Override
    public void failed(StreamException why) {}
  }

  @Test
  void aConnectionThatCannotTakeItsLeaveIsLeftAllTheSame() {
    connection.start();
    link.outOfMemory = true;

    connection.close();
    assertThatThrownBy(this::runLoop).isInstanceOf(OutOfMemoryError.class);

    assertThat(told).containsExactly("opened", "closed");
    assertThat(link.closings).isEqualTo(1);
  }

  @Test
  void aConnectionWhoseLinkCannotBeClosedIsLeftAllTheSame() {
    connection.start();
    receive(OPENING);
    link.cannotClose = true;

    connection.close();
    assertThatThrownBy(this::runLoop).isInstanceOf(OutOfMemoryError.class);

    assertThat(connection.streams()).isZero();
    assertThat(told).containsExactly("opened", "closed");
  }

  /// Whoever closes it and connects anew at once would be given the one that goes.
  @Test
  void itIsOpenNoMoreOnceItHasBeenClosedThoughTheLoopIsYetToSeeToIt() {
    connection.start();

    connection.close();

    assertThat(connection.isOpen()).isFalse();
    assertThatThrownBy(() -> connection.openFrames("/mine/1", 10, new Deaf()))
        .isInstanceOfSatisfying(
            StreamException.class,
            e -> assertThat(e.reason()).isEqualTo(StreamException.Reason.CONNECTION_CLOSED));
    runLoop();
    assertThat(told).containsExactly("opened", "closed");
  }

  @Test
  void aProtocolThatCannotBeProposedTakesNoPlace() {
    connection.start();

    for (int i = 0; i < limits.maxOutboundStreams(); i++) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> connection.openFrames("", 10, new Deaf()));
    }

    assertThat(connection.openFrames("/mine/1", 10, new Deaf())).isNotNull();
  }
}
