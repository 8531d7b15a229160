package io.kadenza.bench;

import io.kadenza.host.Ping;
import io.kadenza.host.StreamException;
import io.kadenza.host.internal.net.MuxedStream;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Pings on one stream, one at a time. A pong counts when it is what was sent.
final class PingCaller implements Caller {
  private final MuxedStream stream;
  private final Answers answers;
  private final SplittableRandom random;
  private final byte[] sent = new byte[Ping.SIZE];
  private final byte[] echoed = new byte[Ping.SIZE];
  private int have;
  private long sentAt;

  PingCaller(MuxedStream stream, Answers answers, SplittableRandom random) {
    this.stream = stream;
    this.answers = answers;
    this.random = random;
  }

  @Override
  public void begin() {
    random.nextBytes(sent);
    sentAt = System.nanoTime();
    stream.write(sent, 0, sent.length);
  }

  @Override
  public void data(byte[] buffer, int offset, int length) {
    stream.consumed(length);
    if (length > echoed.length - have) {
      answers.failed("more came back than was sent");
      return;
    }
    System.arraycopy(buffer, offset, echoed, have, length);
    have += length;
    if (have < echoed.length) {
      return;
    }
    have = 0;
    if (Arrays.equals(sent, echoed)) {
      answers.answered(System.nanoTime() - sentAt);
    } else {
      answers.failed("something else came back than was sent");
    }
    if (answers.wantsMore()) {
      begin();
    }
  }

  @Override
  public void finished() {
    answers.failed("the server closed the stream");
  }

  @Override
  public void failed(StreamException why) {
    answers.failed("the stream ended: " + why.getMessage());
  }
}
