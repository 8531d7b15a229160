package io.kadenza.host;

/// Serves the inbound streams of one protocol with blocking code, each on a virtual thread of its
/// own.
///
/// The stream is closed when the handler returns and reset when it throws.
@FunctionalInterface
public interface StreamHandler {
  void handle(Stream stream);
}
