package io.kadenza.node.cli;

import io.kadenza.multiformats.Bytes;
import io.kadenza.node.Failure;
import io.kadenza.node.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;

/// What a user hands in as bytes.
///
/// @param name of a file, or `-` for standard input
record InputFile(String name) {

  /// The content, as a stream.
  InputStream open(Terminal terminal) throws IOException {
    return name.equals("-") ? terminal.in() : Files.newInputStream(terminal.file(name));
  }

  /// The content; a byte more than `most` of it if it is longer, which is enough to refuse it.
  Bytes read(Terminal terminal, int most) {
    try {
      if (name.equals("-")) {
        return Bytes.wrap(terminal.in().readNBytes(most + 1));
      }
      try (InputStream in = Files.newInputStream(terminal.file(name))) {
        return Bytes.wrap(in.readNBytes(most + 1));
      }
    } catch (IOException e) {
      throw Failure.file("cannot read " + name, e);
    }
  }
}
