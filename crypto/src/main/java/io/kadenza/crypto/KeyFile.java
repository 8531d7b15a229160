package io.kadenza.crypto;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// An identity on disk: the libp2p protobuf of its private key, as it is or in base64, readable by
/// its owner alone.
///
/// Nothing here ever overwrites or repairs a file: a key that cannot be used is a
/// [KeyFileException], and the person decides. Safe for use by many threads and processes.
public final class KeyFile {
  private KeyFile() {}

  /// Reads an identity.
  ///
  /// @throws KeyFileException when there is no file, when it is not a regular one, when others than
  ///   its owner may use it, or when it holds no private key
  public static Identity load(Path file) {
    return KeyFileReader.read(file);
  }

  /// Makes a new identity and its file, with mode 0600; missing directories get 0700. After a crash
  /// there is the whole file or none.
  ///
  /// @throws KeyFileException when there is something of that name already, or it cannot be written
  public static Identity create(Path file, KeyType type) {
    Identity identity = Identity.generate(type);
    try {
      KeyFileWriter.write(file, identity.privateKey().protobuf());
      return identity;
    } catch (FileAlreadyExistsException e) {
      throw new KeyFileException(file, "exists already and is not overwritten", e);
    } catch (IOException e) {
      throw new KeyFileException(file, "cannot be created: " + reason(e), e);
    }
  }

  /// Reads the identity, of whatever type, or makes one of this type when there is no file. Of many
  /// who try at once, one makes it and all return the same.
  ///
  /// @throws KeyFileException as [#load] and [#create]
  public static Identity loadOrCreate(Path file, KeyType type) {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return load(file);
    }
    try {
      return create(file, type);
    } catch (KeyFileException e) {
      if (e.getCause() instanceof FileAlreadyExistsException) {
        return load(file);
      }
      throw e;
    }
  }

  /// What the operating system said, in words where it said nothing but the path.
  static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException gone -> "there is no " + gone.getFile();
      case AccessDeniedException denied -> "no access to " + denied.getFile();
      default -> String.valueOf(e.getMessage());
    };
  }
}
