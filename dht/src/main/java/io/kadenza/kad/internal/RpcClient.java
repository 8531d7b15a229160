package io.kadenza.kad.internal;

import io.kadenza.host.DialException;
import io.kadenza.host.Host;
import io.kadenza.host.Stream;
import io.kadenza.host.StreamException;
import io.kadenza.kad.engine.EngineEffect.Ask;
import io.kadenza.kad.engine.EngineInput;
import io.kadenza.kad.engine.RpcFailure;
import io.kadenza.kad.rpc.KadCodec;
import io.kadenza.multiformats.MalformedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Sends the engine's requests, each on a virtual thread and a stream of its own: the request is
/// written and this side closed in one flight, as rust-libp2p does and all others accept.
final class RpcClient implements AutoCloseable {
  private final Host host;
  private final List<String> protocol;
  private final Consumer<EngineInput> report;
  private final Map<Long, Thread> running = new ConcurrentHashMap<>();

  /// @param report takes the one input that ends each request
  RpcClient(Host host, String protocol, Consumer<EngineInput> report) {
    this.host = host;
    this.protocol = List.of(protocol);
    this.report = report;
  }

  void ask(Ask ask) {
    Thread thread =
        Thread.ofVirtual()
            .name("kad-rpc-", ask.rpcId())
            .unstarted(() -> {
              EngineInput end = run(ask);
              if (running.remove(ask.rpcId()) != null) {
                report.accept(end);
              }
            });
    running.put(ask.rpcId(), thread);
    thread.start();
  }

  /// Nobody waits for the answer any more.
  void abandon(long rpcId) {
    Thread thread = running.remove(rpcId);
    if (thread != null) {
      thread.interrupt();
    }
  }

  private EngineInput run(Ask ask) {
    long deadline = System.nanoTime() + ask.patience().toNanos();
    try {
      var connection = host.connect(ask.to(), ask.patience());
      Stream stream = connection.open(protocol, left(deadline));
      try {
        return converse(ask, stream, deadline);
      } catch (RuntimeException failed) {
        stream.reset();
        throw failed;
      }
    } catch (DialException failed) {
      return new EngineInput.RpcFailed(
          ask.rpcId(),
          failed.reason() == DialException.Reason.TIMEOUT
              ? RpcFailure.TIMED_OUT
              : RpcFailure.UNREACHABLE);
    } catch (StreamException failed) {
      return new EngineInput.RpcFailed(ask.rpcId(), failure(failed.reason()));
    } catch (MalformedException failed) {
      return new EngineInput.RpcFailed(ask.rpcId(), RpcFailure.MALFORMED);
    }
  }

  private static EngineInput converse(Ask ask, Stream stream, long deadline) {
    stream.timeout(left(deadline));
    stream.writeFrame(KadCodec.encodeRequest(ask.request()));
    stream.closeWrite();
    if (!ask.answerExpected()) {
      drain(stream, deadline);
      stream.close();
      return new EngineInput.Sent(ask.rpcId());
    }
    byte[] body = stream.readFrame(KadCodec.MAX_MESSAGE_BYTES);
    if (body == null) {
      return new EngineInput.RpcFailed(ask.rpcId(), RpcFailure.REFUSED);
    }
    var response = KadCodec.decodeResponse(ask.request(), body);
    stream.close();
    return new EngineInput.Answered(ask.rpcId(), response);
  }

  /// Waits for the peer's end of a stream on which it has nothing to say. py-libp2p echoes an
  /// ADD_PROVIDER that it has taken, and then resets the stream because we have half-closed it: a
  /// reset is a refusal only if it comes instead of an echo.
  private static void drain(Stream stream, long deadline) {
    byte[] unasked = new byte[1_024];
    boolean echoed = false;
    try {
      while (stream.read(unasked, 0, unasked.length) >= 0) {
        echoed = true;
        stream.timeout(left(deadline));
      }
    } catch (StreamException end) {
      if (!echoed || end.reason() != StreamException.Reason.RESET) {
        throw end;
      }
    }
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
  }

  private static RpcFailure failure(StreamException.Reason reason) {
    return switch (reason) {
      case RESET -> RpcFailure.REFUSED;
      case CONNECTION_CLOSED, CLOSED -> RpcFailure.DISCONNECTED;
      case UNSUPPORTED -> RpcFailure.UNSUPPORTED;
      case TIMEOUT -> RpcFailure.TIMED_OUT;
      case MALFORMED -> RpcFailure.MALFORMED;
      case LIMIT -> RpcFailure.OVERLOADED;
    };
  }

  @Override
  public void close() {
    List.copyOf(running.keySet()).forEach(this::abandon);
  }
}
