package io.kadenza.kad.internal.metrics;

import io.kadenza.kad.metrics.Metrics;
import io.kadenza.kad.rpc.MessageType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/// Counts requests in one direction, by their type: there is nothing in it that a peer could make
/// many of. Safe for use by any thread.
public final class RpcMeter {
  /// A label for what could not be read.
  public static final String UNKNOWN = "UNKNOWN";

  private static final double[] BYTES = {
    1 << 10, 2 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20, 4 << 20
  };

  private static final double[] MILLIS = {
    0.01, 0.05, 0.1, 0.3, 0.6, 0.8, 1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 30, 40, 50, 65, 80,
    100, 130, 160, 200, 250, 300, 400, 500, 650, 800, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000,
    100_000
  };

  private static final double NANOS_PER_MILLI = 1e6;

  private static final class Kind {
    final Distribution bytes = new Distribution(BYTES, 1);
    final Distribution latency = new Distribution(MILLIS, NANOS_PER_MILLI);
    final LongAdder errors = new LongAdder();
  }

  private final Map<MessageType, Kind> kinds = new EnumMap<>(MessageType.class);
  private final Kind malformed = new Kind();
  private final LongAdder streams = new LongAdder();

  public RpcMeter() {
    for (MessageType type : MessageType.values()) {
      kinds.put(type, new Kind());
    }
  }

  private Kind of(MessageType type) {
    return Objects.requireNonNull(kinds.get(type));
  }

  /// A stream was opened for requests.
  public void opened() {
    streams.increment();
  }

  /// A request of so many bytes was sent, or taken for work.
  public void sent(MessageType type, int bytes) {
    sent(type, bytes, 1);
  }

  /// Several requests of so many bytes each were sent.
  public void sent(MessageType type, int bytes, int times) {
    of(type).bytes.record(bytes, times);
  }

  /// It has its answer.
  public void succeeded(MessageType type, long nanos) {
    of(type).latency.record(nanos, 1);
  }

  /// It has none, or was refused.
  public void failed(MessageType type) {
    of(type).errors.increment();
  }

  /// A request could not be read.
  public void malformed(int bytes) {
    malformed.bytes.record(bytes, 1);
    malformed.errors.increment();
  }

  /// Adds what was counted as that of others' requests.
  public void inbound(Report into) {
    for (MessageType type : MessageType.values()) {
      inbound(type.name(), of(type), into);
    }
    inbound(UNKNOWN, malformed, into);
    streams("rpc.inbound.streams", into);
  }

  private void streams(String name, Report into) {
    if (streams.sum() > 0) {
      into.counters.add(new Metrics.Counter(name, "", streams.sum()));
    }
  }

  private static void inbound(String label, Kind kind, Report into) {
    var bytes = kind.bytes.told("rpc.inbound.bytes", label);
    if (bytes.count() > 0) {
      into.counters.add(new Metrics.Counter("rpc.inbound.messages", label, bytes.count()));
      into.counters.add(
          new Metrics.Counter("rpc.inbound.message_errors", label, kind.errors.sum()));
      into.histograms.add(bytes);
      into.histograms.add(kind.latency.told("rpc.inbound.request_latency", label));
    }
  }

  /// Adds what was counted as that of our own requests. Those without an answer are "messages".
  public void outbound(Report into) {
    for (MessageType type : MessageType.values()) {
      Kind kind = of(type);
      String label = type.name();
      String noun = type == MessageType.ADD_PROVIDER ? "message" : "request";
      var bytes = kind.bytes.told("rpc.outbound.bytes", label);
      if (bytes.count() > 0) {
        into.counters.add(new Metrics.Counter("rpc.outbound." + noun + "s", label, bytes.count()));
        into.counters.add(
            new Metrics.Counter("rpc.outbound." + noun + "_errors", label, kind.errors.sum()));
        into.histograms.add(bytes);
        into.histograms.add(kind.latency.told("rpc.outbound.request_latency", label));
      }
    }
    streams("rpc.outbound.streams", into);
  }

  /// Counters and histograms that are being gathered. Confined to whoever gathers them.
  public static final class Report {
    private final List<Metrics.Counter> counters = new ArrayList<>();
    private final List<Metrics.Histogram> histograms = new ArrayList<>();

    public List<Metrics.Counter> counters() {
      return counters;
    }

    public List<Metrics.Histogram> histograms() {
      return histograms;
    }
  }
}
