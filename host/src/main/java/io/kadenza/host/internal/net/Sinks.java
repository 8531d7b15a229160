package io.kadenza.host.internal.net;

import io.kadenza.host.FrameHandler;
import io.kadenza.host.FrameLimits;
import io.kadenza.host.Limits;
import io.kadenza.host.StreamHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the sinks that serve users' protocols.
public final class Sinks {
  private static final Logger LOG = LoggerFactory.getLogger(Sinks.class);

  private Sinks() {}

  /// Each stream on a virtual thread of its own; closed when the handler returns, reset when it
  /// throws.
  public static SinkFactory blocking(StreamHandler handler, Limits limits, StreamThreads threads) {
    return stream -> {
      var blocking = new BlockingStream(stream, limits);
      threads.run(() -> {
        try {
          handler.handle(blocking);
          blocking.close();
        } catch (RuntimeException failed) {
          LOG.debug("a handler of {} failed", stream.protocol(), failed);
          blocking.reset();
        }
      });
      return blocking;
    };
  }

  /// Requests answered from the event loop.
  public static SinkFactory frames(FrameHandler handler, FrameLimits granted) {
    return stream -> {
      var sink = new FrameSink(stream, handler, granted);
      stream.connection().limit(stream, granted.maxStreams());
      handler.opened(stream.connection());
      return sink;
    };
  }
}
