package io.kadenza.node;

import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.Multiaddr;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The file through which a server tells clients on the same machine where it is: one address with
/// `/p2p/…` a line.
public record AddressFile(Path file) {
  /// What the lesson calls it.
  public static final String DEFAULT_NAME = "server_node_addr.txt";

  /// Far more than any server's addresses take.
  private static final int MAX_BYTES = 64 * 1024;

  /// Replaces the content; a reader sees the old or the new one, never a half. A device, such as
  /// `/dev/null`, is written to.
  ///
  /// @throws Failure if it cannot, or if there is something else of that name
  public void write(List<Multiaddr> addresses) {
    var text = new StringBuilder();
    addresses.forEach(address -> text.append(address).append('\n'));
    try {
      FileKind kind = FileKind.of(file, LinkOption.NOFOLLOW_LINKS);
      switch (kind) {
        case NOTHING, FILE -> replace(text);
        case DEVICE -> Files.writeString(file, text);
        case DIRECTORY, LINK, SOCKET, PIPE, BLOCK_DEVICE, OTHER ->
            throw new FileSystemException(file.toString(), null, "it is " + kind);
      }
    } catch (IOException e) {
      throw new Failure(
          Exit.USAGE,
          "cannot write the address file "
              + file
              + " ("
              + Failure.reason(e)
              + "); name another with --addr-file",
          e);
    }
  }

  private void replace(CharSequence text) throws IOException {
    Path target = file.toAbsolutePath();
    Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    try {
      Files.writeString(temporary, text);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      discard(temporary);
      throw e instanceof AccessDeniedException
          ? new AccessDeniedException(String.valueOf(target.getParent()))
          : e;
    }
  }

  private static void discard(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException alsoFailed) {
      // The failure that led here is the one to report.
    }
  }

  /// The addresses in the file; none if there is no such file.
  public List<Seed> read() {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_BYTES + 1);
      if (content.length > MAX_BYTES) {
        throw Failure.usage("the address file " + file + " is too large to be one");
      }
      return parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
    } catch (NoSuchFileException absent) {
      return List.of();
    } catch (IOException e) {
      throw Failure.file("cannot read the address file " + file, e);
    }
  }

  private List<Seed> parse(String text) {
    List<Seed> seeds = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().map(String::strip).toList()) {
      number++;
      if (line.isEmpty()) {
        continue;
      }
      String place = "line " + number + " of " + file;
      try {
        seeds.add(new Seed(Multiaddr.parse(line), place));
      } catch (MalformedException e) {
        throw new Failure(Exit.USAGE, "bad address file, " + place + ": " + e.getMessage(), e);
      }
    }
    return seeds;
  }
}
