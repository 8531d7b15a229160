package io.kadenza.crypto;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.kadenza.multiformats.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a key file after it looked at what it is, so that nothing blocks and nothing large is
/// read.
final class KeyFileReader {
  /// The longest private key in base64, with line ends.
  private static final int MAX_FILE_BYTES = 2 * PrivateKey.MAX_BYTES;

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.range(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_EXECUTE);

  private static final Pattern LINE_END = Pattern.compile("\\r?\\n");

  private KeyFileReader() {}

  static Identity read(Path file) {
    try {
      checkKind(file);
      checkPermissions(file);
      return Identity.of(parse(file, content(file)));
    } catch (NoSuchFileException e) {
      throw new KeyFileException(file, "does not exist; create it or name another", e);
    } catch (IOException e) {
      throw new KeyFileException(file, "cannot be read: " + KeyFile.reason(e), e);
    }
  }

  private static void checkKind(Path file) throws IOException {
    var attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isSymbolicLink()) {
      throw new KeyFileException(file, "is a symbolic link; name the file that it points to");
    }
    if (!attributes.isRegularFile()) {
      String kind = attributes.isDirectory() ? "a directory" : "a pipe, socket or device";
      throw new KeyFileException(file, "is " + kind + "; name a regular file");
    }
    if (attributes.size() == 0) {
      throw new KeyFileException(file, "is empty; restore it from a backup or remove it");
    }
    if (attributes.size() > MAX_FILE_BYTES) {
      throw new KeyFileException(
          file, "has " + attributes.size() + " bytes, too many for a libp2p private key");
    }
  }

  private static void checkPermissions(Path file) throws IOException {
    var view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view == null) {
      return; // A file system without modes, where access is guarded by other means.
    }
    Set<PosixFilePermission> permissions = view.readAttributes().permissions();
    if (permissions.stream().anyMatch(OTHERS::contains)) {
      throw new KeyFileException(
          file,
          "is open to other users ("
              + PosixFilePermissions.toString(permissions)
              + "); run: chmod 600 "
              + file);
    }
  }

  /// Up to one byte more than the bound: the file may have grown since it was looked at.
  private static byte[] content(Path file) throws IOException {
    var buffer = ByteBuffer.allocate(MAX_FILE_BYTES + 1);
    try (SeekableByteChannel in =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      while (buffer.hasRemaining() && in.read(buffer) >= 0) {}
    }
    byte[] content = Arrays.copyOf(buffer.array(), buffer.position());
    Arrays.fill(buffer.array(), (byte) 0);
    return content;
  }

  private static PrivateKey parse(Path file, byte[] content) {
    String text = new String(content, ISO_8859_1).strip();
    if (text.startsWith("-----BEGIN")) {
      throw new KeyFileException(
          file, "is in PEM; a libp2p private key is a protobuf, as it is or in base64");
    }
    try {
      return PrivateKey.fromProtobuf(
          isText(text)
              ? Base64.getDecoder().decode(LINE_END.matcher(text).replaceAll(""))
              : content);
    } catch (MalformedException e) {
      throw new KeyFileException(file, "holds no libp2p private key: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new KeyFileException(file, "holds no libp2p private key: its base64 is broken");
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  /// A protobuf starts with the tag byte 08, which no base64 text does.
  private static boolean isText(String content) {
    return !content.isEmpty()
        && content.chars().allMatch(c -> (c >= ' ' && c < 0x7f) || c == '\r' || c == '\n');
  }
}
