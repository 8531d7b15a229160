package io.kadenza.host.internal.net;

import io.kadenza.host.Direction;
import io.kadenza.host.StreamException;
import io.kadenza.host.StreamException.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The open streams of one connection, and what the peer may have of them. Owned by the event loop;
/// [#size] and the places for outbound streams are for any thread.
final class OpenStreams {
  /// Bytes of unfinished requests that all streams together may hold beyond their windows: two of
  /// the largest that any protocol takes.
  private static final int LENT_MAX = 8 << 20;

  private final int maxInbound;
  private final int maxOutbound;
  private final Map<Integer, MuxedStream> byId = new HashMap<>();
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicInteger outbound = new AtomicInteger();
  private int inbound;
  private int lent;

  OpenStreams(int maxInbound, int maxOutbound) {
    this.maxInbound = maxInbound;
    this.maxOutbound = maxOutbound;
  }

  /// Takes a place for an outbound stream, given back by [#remove].
  boolean reserveOutbound() {
    if (outbound.incrementAndGet() > maxOutbound) {
      outbound.decrementAndGet();
      return false;
    }
    return true;
  }

  /// Takes a place for an inbound stream, given back by [#remove].
  boolean reserveInbound() {
    if (inbound >= maxInbound) {
      return false;
    }
    inbound++;
    return true;
  }

  void put(int id, MuxedStream stream) {
    byId.put(id, stream);
    size.set(byId.size());
  }

  @Nullable MuxedStream get(int id) {
    return byId.get(id);
  }

  /// Does something with a stream if it is still open.
  void with(int id, Consumer<MuxedStream> what) {
    MuxedStream stream = byId.get(id);
    if (stream != null) {
      what.accept(stream);
    }
  }

  void remove(MuxedStream stream) {
    if (stream.id() != MuxedStream.UNOPENED) {
      byId.remove(stream.id());
      size.set(byId.size());
    }
    if (stream.direction() == Direction.INBOUND) {
      inbound--;
    } else {
      outbound.decrementAndGet();
    }
  }

  /// Grants up to `bytes` of room beyond the window, for a frame that is longer.
  ///
  /// @return how much of it there is; to be returned by [#giveBack]
  int lend(int bytes) {
    int granted = Math.min(bytes, LENT_MAX - lent);
    lent += granted;
    return granted;
  }

  void giveBack(int bytes) {
    lent -= bytes;
  }

  int size() {
    return size.get();
  }

  /// A copy, since whoever goes over the streams may end some.
  List<MuxedStream> all() {
    return List.copyOf(byId.values());
  }

  /// Keeps a peer to `max` inbound streams of one protocol: beyond, the one silent longest gives
  /// way.
  void limit(MuxedStream newest, int max) {
    if (inbound <= max) {
      return;
    }
    int count = 0;
    MuxedStream idlest = newest;
    for (MuxedStream stream : byId.values()) {
      if (stream.direction() == Direction.INBOUND
          && Objects.equals(stream.protocol(), newest.protocol())) {
        count++;
        if (stream.silentSince() - idlest.silentSince() < 0) {
          idlest = stream;
        }
      }
    }
    if (count > max) {
      idlest.fail(new StreamException(Reason.LIMIT, "the peer opened too many streams"));
    }
  }

  /// Resets the inbound streams of a protocol, which is served no longer.
  void resetInbound(String protocol) {
    for (MuxedStream stream : all()) {
      if (stream.direction() == Direction.INBOUND && protocol.equals(stream.protocol())) {
        stream.fail(new StreamException(Reason.CLOSED, protocol + " is served no longer"));
      }
    }
  }

  /// Resets the streams whose peer has let them wait too long.
  void resetOverdue(long nowNanos, long negotiationNanos) {
    for (MuxedStream stream : all()) {
      if (stream.overdue(nowNanos, negotiationNanos)) {
        stream.fail(new StreamException(Reason.TIMEOUT, "the peer let the stream wait too long"));
      }
    }
  }
}
