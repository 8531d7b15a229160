package io.kadenza.kad.metrics;

import io.kadenza.kad.rpc.MessageType;
import java.util.List;
import java.util.OptionalDouble;

/// What a DHT has counted since its start, at one moment. Names and units are those that
/// go-libp2p-kad-dht exports, each with the label `message_type`:
///
/// | name | what |
/// |---|---|
/// | `rpc.inbound.messages`, `rpc.inbound.message_errors` | others' requests; those refused or unreadable |
/// | `rpc.inbound.bytes`, `rpc.inbound.request_latency` | their sizes; milliseconds from arrival to answer |
/// | `rpc.outbound.requests`, `rpc.outbound.request_errors` | our requests; those without an answer |
/// | `rpc.outbound.messages`, `rpc.outbound.message_errors` | our ADD_PROVIDERs, which have none |
/// | `rpc.outbound.bytes`, `rpc.outbound.request_latency` | their sizes; milliseconds until the answer |
///
/// Two more are without a label and not go's: `rpc.inbound.streams` and `rpc.outbound.streams`, the
/// streams on which all of these came and went. Where requests outnumber them, streams were reused.
///
/// What has not happened yet is left out. There are as many labels as message types, and `UNKNOWN`
/// for what could not be read: nothing here grows with the number of peers.
///
/// @param networkSize `network.size`: how many servers the network is estimated to have
public record Metrics(
    List<Counter> counters, List<Histogram> histograms, OptionalDouble networkSize) {

  public Metrics {
    counters = List.copyOf(counters);
    histograms = List.copyOf(histograms);
  }

  /// A number that only grows.
  ///
  /// @param messageType empty where no type is told apart
  public record Counter(String name, String messageType, long value) {}

  /// How a quantity was distributed.
  ///
  /// @param bounds the upper bounds of all counts but the last, ascending
  /// @param counts how many values lay below each bound and above the one before; one more than
  ///   there are bounds
  /// @param sum of all values
  public record Histogram(
      String name, String messageType, List<Double> bounds, List<Long> counts, double sum) {
    public Histogram {
      bounds = List.copyOf(bounds);
      counts = List.copyOf(counts);
    }

    public long count() {
      return counts.stream().mapToLong(Long::longValue).sum();
    }
  }

  /// A counter's value, 0 if nothing was counted yet.
  public long counter(String name, MessageType type) {
    return counters.stream()
        .filter(c -> c.name().equals(name) && c.messageType().equals(type.name()))
        .mapToLong(Counter::value)
        .sum();
  }

  /// A counter's value over all message types.
  public long counter(String name) {
    return counters.stream().filter(c -> c.name().equals(name)).mapToLong(Counter::value).sum();
  }
}
