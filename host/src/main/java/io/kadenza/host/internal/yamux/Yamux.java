package io.kadenza.host.internal.yamux;

import io.kadenza.host.internal.bytes.OutBuffer;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One Yamux connection as a machine: bytes in, events and bytes out. Confined to the connection's event loop.
public final class Yamux {

  /// What [#write] returns for a stream that takes no more bytes: unknown, closed for writing or reset.
  public static final int CLOSED = -1;

  private final OutBuffer output = new OutBuffer();

  public Yamux(boolean client, YamuxLimits limits, long nowNanos) {}

  /// Takes bytes from the remote and adds what they mean to `events`.
  ///
  /// @throws YamuxException when the remote broke the protocol or does not read; send the rest of the output and close
  public void receive(byte[] buf, int off, int len, long nowNanos, List<YamuxEvent> events) {}

  /// Opens a stream; returns its id, or 0 when [#refusal()] says why not. Nothing is sent until the first write (or
  /// [#announce]).
  public int open(long nowNanos) {
    return 0;
  }

  /// Why [#open] would refuse now, or null when it would not.
  public @Nullable OpenRefusal refusal() {
    return null;
  }

  /// Sends the stream's pending SYN or ACK now, for streams that listen before they write.
  public void announce(int stream) {}

  /// Queues up to `len` bytes; returns how many the remote's window took (a [YamuxEvent.Writable] follows when fewer than
  /// `len`), or [#CLOSED].
  public int write(int stream, byte[] buf, int off, int len) {
    return CLOSED;
  }

  /// Half-closes: this side sends no more on the stream.
  public void closeWrite(int stream) {}

  /// Ends the stream in both directions at once.
  public void reset(int stream) {}

  /// The application has taken `bytes` of the stream: the remote may send as many again.
  public void consumed(int stream, int bytes, long nowNanos) {}

  /// Announces that this side accepts and opens no more streams.
  public void goAway(int code) {}

  /// Sends the keep-alive ping when due.
  ///
  /// @throws YamuxException when an earlier ping was not answered in time
  public void tick(long nowNanos) {}

  /// Monotonic nanos at which a tick is due; re-read after every call.
  public OptionalLong deadline() {
    return OptionalLong.empty();
  }

  /// What waits to be sent.
  public OutBuffer output() {
    return output;
  }

  /// How many streams are open, by either side.
  public int streams() {
    return 0;
  }
}
