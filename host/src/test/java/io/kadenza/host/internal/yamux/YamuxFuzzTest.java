package io.kadenza.host.internal.yamux;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kadenza.host.internal.bytes.SeededData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A remote that sends anything, and an application that does anything in between.
class YamuxFuzzTest {

  private static final int CONTROL = 4 << 10;
  private static final long HOLDS = 512 << 10;

  @FuzzTest
  void anyBytesAndAnyCallsKeepTheBounds(FuzzedDataProvider data) {
    YamuxLimits d = YamuxLimits.defaults();
    YamuxLimits limits =
        new YamuxLimits(
            d.initialWindow(),
            1 << 20,
            8,
            4,
            CONTROL,
            4,
            d.keepAlive(),
            d.pingTimeout(),
            1000,
            HOLDS);
    new Session(new Yamux(data.consumeBoolean(), limits, 0), data).run();
  }

  @Test
  void aThousandSeedsKeepTheBounds() {
    for (long seed = 0; seed < 1000; seed++) {
      try {
        anyBytesAndAnyCallsKeepTheBounds(SeededData.of(seed, 2000));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static final class Session {
    final Yamux yamux;
    final FuzzedDataProvider data;
    final Map<Integer, Long> unconsumed = new HashMap<>();
    long written;
    long now;

    Session(Yamux yamux, FuzzedDataProvider data) {
      this.yamux = yamux;
      this.data = data;
    }

    void run() {
      try {
        while (data.remainingBytes() > 0) {
          step(data.consumeInt(0, 11));
          check();
        }
      } catch (YamuxException _) {
        checkFailed();
      }
    }

    void step(int op) {
      int stream = data.consumeInt(0, 12);
      switch (op) {
        case 0 -> receive(data.consumeBytes(100));
        case 1, 2, 3 -> receive(frame(data.consumeInt(0, 2), stream, data.consumeInt(0, 40)));
        case 4 -> receive(frame(data.consumeInt(0, 4), data.consumeInt(), data.consumeInt()));
        case 5 -> yamux.open(now);
        case 6 -> {
          byte[] some = new byte[data.consumeInt(0, 4000)];
          written += Math.max(0, yamux.write(stream, some, 0, some.length)) * 2L;
        }
        case 7 -> yamux.closeWrite(stream);
        case 8 -> {
          yamux.reset(stream);
          unconsumed.remove(stream);
        }
        case 9 -> consume(stream);
        case 10 -> yamux.tick(now += data.consumeInt(0, 20) * 1_000_000_000L);
        default -> {
          yamux.announce(stream);
          yamux.output().drain(data.consumeInt(0, yamux.output().size()));
        }
      }
    }

    private void consume(int stream) {
      Long have = unconsumed.get(stream);
      if (have != null) {
        int bytes = data.consumeInt(0, Math.toIntExact(have));
        unconsumed.put(stream, have - bytes);
        yamux.consumed(stream, bytes, now);
      }
    }

    private byte[] frame(int type, int stream, int length) {
      byte[] header = Wire.frame(type, data.consumeInt(0, 15), stream, length);
      return type == Wire.DATA && length >= 0 && length < 1000
          ? Wire.concat(header, new byte[length])
          : header;
    }

    private void receive(byte[] bytes) {
      List<YamuxEvent> events = new ArrayList<>();
      try {
        yamux.receive(bytes, 0, bytes.length, now, events);
      } finally {
        for (YamuxEvent event : events) {
          switch (event) {
            case YamuxEvent.Opened(int stream) -> require(unconsumed.put(stream, 0L) == null);
            case YamuxEvent.Data(int stream, byte[] buf, int off, int len) -> {
              require(buf == bytes && off >= 0 && off + len <= bytes.length && len > 0);
              unconsumed.merge(stream, (long) len, Long::sum);
            }
            case YamuxEvent.Reset(int stream) -> unconsumed.remove(stream);
            case YamuxEvent.Pong(long rtt) -> require(rtt > 0);
            case YamuxEvent.Finished _, YamuxEvent.Writable _, YamuxEvent.GoneAway _ -> {}
          }
        }
      }
    }

    private void check() {
      require(yamux.streams() <= 16);
      require(yamux.output().size() <= CONTROL + written + 12);
      long held = 0;
      for (long bytes : unconsumed.values()) {
        require(bytes <= 1 << 20);
        held += bytes;
      }
      require(held <= HOLDS || unconsumed.size() > yamux.streams());
    }

    private void checkFailed() {
      require(yamux.refusal() == OpenRefusal.GOING_AWAY);
      require(yamux.write(1, new byte[1], 0, 1) == Yamux.CLOSED);
    }
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new AssertionError();
    }
  }
}
