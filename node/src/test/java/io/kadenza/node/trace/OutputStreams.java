package io.kadenza.node.trace;

import java.io.OutputStream;

/// Streams for tests.
final class OutputStreams {
  private OutputStreams() {}

  /// One to which nothing may be written.
  static OutputStream refusing() {
    return new OutputStream() {
      @Override
      public void write(int b) {
        throw new AssertionError("the trace belongs on standard error");
      }
    };
  }
}
