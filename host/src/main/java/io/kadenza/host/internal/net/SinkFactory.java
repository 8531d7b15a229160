package io.kadenza.host.internal.net;

/// Serves one protocol: makes the sink of each inbound stream, in the connection's event loop.
@FunctionalInterface
public interface SinkFactory {
  StreamSink accept(MuxedStream stream);
}
