package io.kadenza.host.internal.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.host.internal.bytes.OutBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two machines talk to each other over a wire that cuts anywhere and delays at will.
class YamuxPairTest {

  /// The byte at a place of a stream's content is a function of the place, so that content needs no
  /// memory.
  private static byte content(int stream, long at) {
    return (byte) ((at * 31 + stream) * 0x9e3779b9L >>> 16);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everythingWrittenArrivesInOrderWithinTheWindows(long seed) {
    Random random = new Random(seed);
    End client = new End(true, random);
    End server = new End(false, random);
    long now = 0;
    int steps = 0;
    while (!(client.isDone() && server.isDone())) {
      assertThat(++steps).as("seed %d makes no progress", seed).isLessThan(200_000);
      now += random.nextInt(2_000_000);
      End end = random.nextBoolean() ? client : server;
      switch (random.nextInt(4)) {
        case 0 -> end.open(now);
        case 1 -> end.write();
        case 2 -> end.consume(now);
        default -> carry(end, end == client ? server : client, now);
      }
    }
    for (int i = 0; i < 3; i++) {
      carry(client, server, now);
      carry(server, client, now);
    }
    assertThat(client.yamux.streams()).as("seed %d", seed).isZero();
    assertThat(server.yamux.streams()).as("seed %d", seed).isZero();
    assertThat(client.finishedStreams + server.finishedStreams)
        .as("seed %d", seed)
        .isEqualTo(2 * (client.opened + server.opened));
  }

  private static void carry(End from, End to, long now) {
    OutBuffer out = from.yamux.output();
    int amount = from.isDone() && to.isDone() ? out.size() : from.random.nextInt(out.size() + 1);
    byte[] wire = new byte[amount];
    System.arraycopy(out.array(), out.start(), wire, 0, amount);
    out.drain(amount);
    for (int at = 0; at < amount; ) {
      int piece = Math.min(amount - at, 1 + from.random.nextInt(70_000));
      to.receive(wire, at, piece, now);
      at += piece;
    }
  }

  /// One side with an application that opens, writes and reads at random.
  private static final class End {
    private static final int STREAMS = 12;

    final Yamux yamux;
    final Random random;
    final Map<Integer, Transfer> transfers = new HashMap<>();
    int opened;
    int finishedStreams;

    End(boolean client, Random random) {
      this.yamux = new Yamux(client, YamuxLimits.defaults(), 0);
      this.random = random;
    }

    boolean isDone() {
      return opened == STREAMS && transfers.isEmpty();
    }

    void open(long now) {
      if (opened < STREAMS) {
        int stream = yamux.open(now);
        assertThat(stream).isPositive();
        opened++;
        add(stream);
      }
    }

    void add(int stream) {
      long[] sizes = {0, 1, 1000, 100_000, 400_000, 1_500_000};
      transfers.put(stream, new Transfer(sizes[random.nextInt(sizes.length)]));
    }

    void write() {
      for (Map.Entry<Integer, Transfer> entry : new ArrayList<>(transfers.entrySet())) {
        int stream = entry.getKey();
        Transfer t = entry.getValue();
        if (t.blocked || t.finished) {
          continue;
        }
        int wanted = (int) Math.min(t.toSend - t.sent, random.nextInt(200_000));
        byte[] piece = new byte[wanted];
        for (int i = 0; i < wanted; i++) {
          piece[i] = content(stream, t.sent + i);
        }
        int taken = yamux.write(stream, piece, 0, wanted);
        assertThat(taken).isBetween(0, wanted);
        t.blocked = taken < wanted;
        t.sent += taken;
        if (t.sent == t.toSend) {
          yamux.closeWrite(stream);
          t.finished = true;
          forgetWhenOver(stream, t);
        }
      }
    }

    void consume(long now) {
      for (Map.Entry<Integer, Transfer> entry : new ArrayList<>(transfers.entrySet())) {
        Transfer t = entry.getValue();
        int amount = random.nextInt((int) (t.received - t.consumed) + 1);
        if (random.nextBoolean()) {
          amount = (int) (t.received - t.consumed);
        }
        t.consumed += amount;
        yamux.consumed(entry.getKey(), amount, now);
        forgetWhenOver(entry.getKey(), t);
      }
    }

    void receive(byte[] buf, int off, int len, long now) {
      List<YamuxEvent> events = new ArrayList<>();
      yamux.receive(buf, off, len, now, events);
      for (YamuxEvent event : events) {
        switch (event) {
          case YamuxEvent.Opened(int stream) -> add(stream);
          case YamuxEvent.Data(int stream, byte[] data, int at, int size) -> {
            Transfer t = transfers.get(stream);
            assertThat(t.remoteFinished).isFalse();
            for (int i = 0; i < size; i++) {
              if (data[at + i] != content(stream, t.received + i)) {
                throw new AssertionError("stream " + stream + " differs at " + (t.received + i));
              }
            }
            t.received += size;
            assertThat(t.received - t.consumed).isLessThanOrEqualTo(16 << 20);
          }
          case YamuxEvent.Finished(int stream) -> {
            Transfer t = transfers.get(stream);
            t.remoteFinished = true;
            forgetWhenOver(stream, t);
          }
          case YamuxEvent.Writable(int stream) -> {
            Transfer t = transfers.get(stream);
            assertThat(t.blocked).isTrue();
            t.blocked = false;
          }
          case YamuxEvent.Pong(long rtt) -> assertThat(rtt).isPositive();
          case YamuxEvent.Reset _, YamuxEvent.GoneAway _ ->
              throw new AssertionError("unexpected " + event);
        }
      }
    }

    private void forgetWhenOver(int stream, Transfer t) {
      if (t.finished && t.remoteFinished && t.consumed == t.received) {
        transfers.remove(stream);
        finishedStreams++;
      }
    }
  }

  private static final class Transfer {
    final long toSend;
    long sent;
    long received;
    long consumed;
    boolean blocked;
    boolean finished;
    boolean remoteFinished;

    Transfer(long toSend) {
      this.toSend = toSend;
    }
  }
}
