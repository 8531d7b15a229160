package io.kadenza.host.internal.identify;

import io.kadenza.host.StreamException;
import io.kadenza.host.internal.bytes.OutBuffer;
import io.kadenza.host.internal.net.MuxedStream;
import io.kadenza.host.internal.net.StreamSink;
import java.util.function.Consumer;

/// Collects what a peer sends until it finishes, up to a bound; then the stream is over.
final class CollectingSink implements StreamSink {
  private final MuxedStream stream;
  private final int max;
  private final Consumer<byte[]> whole;
  private final Consumer<String> failure;
  private final OutBuffer collected = new OutBuffer();
  private final long bornNanos = System.nanoTime();
  private boolean over;

  CollectingSink(MuxedStream stream, int max, Consumer<byte[]> whole, Consumer<String> failure) {
    this.stream = stream;
    this.max = max;
    this.whole = whole;
    this.failure = failure;
  }

  @Override
  public void data(byte[] buffer, int offset, int length) {
    stream.consumed(length);
    if (over) {
      return;
    }
    if (collected.size() + length > max) {
      over = true;
      collected.clear();
      stream.reset();
      failure.accept("more than " + max + " bytes");
      return;
    }
    collected.put(buffer, offset, length);
  }

  @Override
  public void finished() {
    if (!over) {
      over = true;
      stream.finish();
      whole.accept(collected.take());
    }
  }

  @Override
  public void failed(StreamException why) {
    if (!over) {
      over = true;
      failure.accept(String.valueOf(why.getMessage()));
    }
  }

  @Override
  public int heldBytes() {
    return collected.capacity();
  }

  @Override
  public boolean overdue(long nowNanos) {
    return nowNanos - bornNanos > stream.connection().limits().streamTimeout().toNanos();
  }
}
