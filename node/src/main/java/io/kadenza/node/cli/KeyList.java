package io.kadenza.node.cli;

import io.kadenza.multiformats.Bytes;
import io.kadenza.node.Failure;
import io.kadenza.node.terminal.Escaped;
import io.kadenza.node.terminal.Terminal;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Content keys in a file, one a line. Empty lines and those that begin with `#` are passed over; a
/// key that comes twice counts once. All of it is read and checked before anything is done with it.
final class KeyList {
  /// More would not fit into the memory of a command.
  private static final int MAX_KEYS = 1 << 20;

  /// A CID of any kind is shorter.
  private static final int MAX_LINE = 1_024;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /// Bad lines named in one message.
  private static final int MAX_NAMED = 5;

  private final KeySpelling spelling;
  private final Set<Bytes> keys = new LinkedHashSet<>();
  private final List<String> complaints = new ArrayList<>();
  private int bad;

  private KeyList(KeySpelling spelling) {
    this.spelling = spelling;
  }

  /// Reads a file, or standard input.
  ///
  /// @throws Failure if it cannot be read, has too many keys or none, or has bad lines, which are
  ///   named by their numbers
  static List<Bytes> read(InputFile file, Terminal terminal, KeySpelling spelling) {
    var list = new KeyList(spelling);
    try (InputStream in = new BufferedInputStream(file.open(terminal))) {
      int number = 0;
      for (byte[] line = line(in); line != null; line = line(in)) {
        list.take(++number, line);
      }
    } catch (IOException e) {
      throw Failure.file("cannot read " + file.name(), e);
    }
    return list.checked(file);
  }

  /// A line without its end, cut off behind what is too long to be a key; null at the end.
  private static byte @Nullable [] line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) {
      return null;
    }
    for (; next >= 0 && next != '\n'; next = in.read()) {
      if (line.size() <= MAX_LINE) {
        line.write(next);
      }
    }
    return line.toByteArray();
  }

  private void take(int number, byte[] bytes) {
    if (bytes.length > MAX_LINE) {
      complain(number, "longer than " + MAX_LINE + " bytes");
      return;
    }
    Optional<String> text = Escaped.utf8(bytes);
    if (text.isEmpty()) {
      complain(number, "not text in UTF-8");
      return;
    }
    String line = (number == 1 ? unmarked(text.get()) : text.get()).strip();
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    try {
      keys.add(spelling.contentKey(line));
    } catch (Failure badKey) {
      complain(number, badKey.getMessage());
    }
    if (keys.size() > MAX_KEYS) {
      throw Failure.usage("more than " + MAX_KEYS + " keys");
    }
  }

  /// Without the mark with which some editors begin a file, and which nobody sees.
  private static String unmarked(String text) {
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  private void complain(int number, @Nullable String why) {
    bad++;
    if (complaints.size() < MAX_NAMED) {
      complaints.add("line " + number + ": " + why);
    }
  }

  private List<Bytes> checked(InputFile file) {
    if (bad > 0) {
      String more = bad > MAX_NAMED ? "; and " + (bad - MAX_NAMED) + " more" : "";
      throw Failure.usage(
          "bad lines in " + file.name() + ": " + String.join("; ", complaints) + more);
    }
    if (keys.isEmpty()) {
      throw Failure.usage("no keys in " + file.name());
    }
    return List.copyOf(keys);
  }
}
