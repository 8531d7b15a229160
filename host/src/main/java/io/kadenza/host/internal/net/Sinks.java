package io.kadenza.host.internal.net;

import io.kadenza.host.FrameHandler;
import io.kadenza.host.FrameLimits;
import io.kadenza.host.Limits;
import io.kadenza.host.StreamException;
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
        boolean returned = false;
        try {
          handler.handle(blocking);
          returned = true;
        } catch (StreamException ended) {
          // A peer can bring that about a thousand times a second: it is worth a line, not a trace.
          LOG.debug("a handler of {} broke off: {}", stream.protocol(), ended.getMessage());
        } catch (Exception failed) {
          LOG.debug("a handler of {} failed", stream.protocol(), failed);
        } finally {
          // An Error is the thread's affair, but no reason to keep the peer waiting.
          end(blocking, returned);
        }
      });
      return blocking;
    };
  }

  private static void end(BlockingStream stream, boolean returned) {
    if (returned) {
      stream.close();
    } else {
      stream.reset();
    }
  }

  /// Requests answered from the event loop.
  public static SinkFactory frames(FrameHandler handler, FrameLimits granted) {
    return stream -> {
      var sink = new FrameSink(stream, handler, granted);
      stream.connection().limit(stream, granted.maxStreams());
      try {
        handler.opened(stream.connection());
      } catch (Exception | AssertionError | LinkageError bug) {
        LOG.debug("a handler of {} failed", stream.protocol(), bug);
        stream.reset();
      }
      return sink;
    };
  }
}
