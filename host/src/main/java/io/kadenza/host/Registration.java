package io.kadenza.host;

/// Something that a host does for somebody until it is told to stop.
@FunctionalInterface
public interface Registration extends AutoCloseable {
  /// The host does it no longer. Idempotent.
  @Override
  void close();
}
