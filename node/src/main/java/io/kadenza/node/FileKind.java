package io.kadenza.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;

/// What there is of a name. Whoever puts a file in its place asks first: a rename replaces
/// `/dev/null` as readily as a file.
public enum FileKind {
  NOTHING("nothing", 0),
  FILE("a file", 0100000),
  DIRECTORY("a directory", 0040000),
  LINK("a symbolic link", 0120000),
  SOCKET("a socket", 0140000),
  PIPE("a pipe", 0010000),
  DEVICE("a device", 0020000),
  BLOCK_DEVICE("a device", 0060000),
  OTHER("of an unknown kind", -1);

  /// The bits of a mode that tell the kind, `S_IFMT` of `sys/stat.h`.
  private static final int MASK = 0170000;

  private final String words;
  private final int bits;

  FileKind(String words, int bits) {
    this.words = words;
    this.bits = bits;
  }

  /// @param links whether a symbolic link is one, or what it points at
  public static FileKind of(Path path, LinkOption... links) throws IOException {
    try {
      return path.getFileSystem().supportedFileAttributeViews().contains("unix")
          ? ofMode((Integer) Files.getAttribute(path, "unix:mode", links))
          : of(Files.readAttributes(path, BasicFileAttributes.class, links));
    } catch (NoSuchFileException nothing) {
      return NOTHING;
    }
  }

  private static FileKind ofMode(int mode) {
    return Arrays.stream(values())
        .filter(kind -> kind.bits == (mode & MASK))
        .findFirst()
        .orElse(OTHER);
  }

  private static FileKind of(BasicFileAttributes attributes) {
    if (attributes.isRegularFile()) {
      return FILE;
    }
    if (attributes.isDirectory()) {
      return DIRECTORY;
    }
    return attributes.isSymbolicLink() ? LINK : OTHER;
  }

  /// With its article.
  @Override
  public String toString() {
    return words;
  }
}
