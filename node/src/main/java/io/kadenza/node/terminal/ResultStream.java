package io.kadenza.node.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where results go. A [PrintStream] swallows why it could not write; this one remembers it, since
/// a command whose results are lost on a full disk has failed.
public final class ResultStream extends PrintStream {
  private final Remembering sink;

  public ResultStream(OutputStream to) {
    this(new Remembering(to));
  }

  private ResultStream(Remembering sink) {
    super(sink, true, StandardCharsets.UTF_8);
    this.sink = sink;
  }

  /// Why results were lost, if any were that somebody waited for: whoever closes a pipe, such as
  /// `head`, has all that he wanted.
  public Optional<IOException> loss() {
    return Optional.ofNullable(sink.failure).filter(failure -> !isClosedPipe(failure));
  }

  private static boolean isClosedPipe(IOException failure) {
    return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
  }

  /// Remembers the first failure.
  private static final class Remembering extends FilterOutputStream {
    private volatile @Nullable IOException failure;

    Remembering(OutputStream to) {
      super(to);
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        failure = failure == null ? e : failure;
        throw e;
      }
    }
  }
}
