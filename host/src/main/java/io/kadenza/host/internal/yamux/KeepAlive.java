package io.kadenza.host.internal.yamux;

import java.util.OptionalLong;

/// When to ping, whether the remote still lives, and how far away it is. Owned by one [Yamux].
final class KeepAlive {

  private final long everyNanos;
  private final long timeoutNanos;

  private long lastHeard;
  private long pingSent;
  private boolean waiting;
  private int value;
  private long rtt;

  KeepAlive(YamuxLimits limits, long nowNanos) {
    everyNanos = limits.keepAlive().toNanos();
    timeoutNanos = limits.pingTimeout().toNanos();
    lastHeard = nowNanos;
  }

  /// Any byte is a sign of life: the answer to a ping may be far behind in a queue of data.
  void heard(long nowNanos) {
    lastHeard = nowNanos;
  }

  long lastHeard() {
    return lastHeard;
  }

  /// The least round trip seen, in nanos; 0 while there was none. The least, because a full queue
  /// would make every window look too small.
  long rtt() {
    return rtt;
  }

  boolean waiting() {
    return waiting;
  }

  /// Starts a ping; returns the value it carries.
  int ping(long nowNanos) {
    waiting = true;
    pingSent = nowNanos;
    return ++value;
  }

  /// Takes an answer; returns its round trip in nanos, or -1 when it answers nothing that was
  /// asked.
  long pong(int answered, long nowNanos) {
    if (!waiting || answered != value) {
      return -1;
    }
    waiting = false;
    long sample = Math.max(1, nowNanos - pingSent);
    rtt = rtt == 0 ? sample : Math.min(rtt, sample);
    return sample;
  }

  /// When the next ping is due, or the last one late.
  OptionalLong deadline() {
    if (waiting) {
      long since = lastHeard - pingSent > 0 ? lastHeard : pingSent;
      return OptionalLong.of(since + timeoutNanos);
    }
    return everyNanos == 0 ? OptionalLong.empty() : OptionalLong.of(lastHeard + everyNanos);
  }

  boolean due(long nowNanos) {
    OptionalLong deadline = deadline();
    return deadline.isPresent() && nowNanos - deadline.getAsLong() >= 0;
  }
}
