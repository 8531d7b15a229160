package io.kadenza.host;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// Measures round trips on one connection with `/ipfs/ping/1.0.0`: 32 random bytes that the peer
/// echoes. One thread at a time.
public final class Ping implements AutoCloseable {
  public static final String PROTOCOL = "/ipfs/ping/1.0.0";

  /// The size of a ping, by the specification.
  public static final int SIZE = 32;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Stream stream;

  private Ping(Stream stream) {
    this.stream = stream;
  }

  /// Opens a ping stream.
  public static Ping on(Connection connection, Duration limit) {
    return new Ping(connection.open(List.of(PROTOCOL), limit));
  }

  /// One round trip.
  ///
  /// @throws StreamException if no answer comes within `limit`, or a wrong one
  public Duration once(Duration limit) {
    byte[] sent = new byte[SIZE];
    RANDOM.nextBytes(sent);
    stream.timeout(limit);
    long start = System.nanoTime();
    stream.write(sent, 0, SIZE);
    byte[] echoed = new byte[SIZE];
    boolean whole = stream.readFully(echoed, 0, SIZE);
    long end = System.nanoTime();
    if (!whole || !Arrays.equals(sent, echoed)) {
      stream.reset();
      throw new StreamException(
          StreamException.Reason.MALFORMED, "the peer echoed something else than was sent");
    }
    return Duration.ofNanos(end - start);
  }

  @Override
  public void close() {
    stream.close();
  }
}
