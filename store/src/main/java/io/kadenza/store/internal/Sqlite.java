package io.kadenza.store.internal;

import io.kadenza.store.StoreException;
import io.kadenza.store.StoreException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.sqlite.SQLiteConfig;

/// How we use SQLite, and what our files are marked with.
final class Sqlite {
  static final String FILE = "kad.db";
  static final String JOURNAL = FILE + "-wal";

  /// What belongs to a database: its file, the journal, and the index of the journal.
  static final List<String> SUFFIXES = List.of("", "-wal", "-shm");

  /// What SQLite's driver calls its native library, and the mark beside it that it is in use.
  private static final String UNPACKED = "sqlite-*sqlitejdbc*";

  /// "Kadz", where SQLite and `file` look for whose database one is.
  static final int APPLICATION = 0x4b61647a;

  /// The arrangement of the tables. A later one refuses to be opened by this version.
  static final int FORMAT = 1;

  private static final byte[] MAGIC = HexFormat.of().parseHex("53514c69746520666f726d6174203300");
  private static final int HEADER_BYTES = 100;
  private static final int FORMAT_OFFSET = 60;
  private static final int APPLICATION_OFFSET = 68;

  /// A person may have the file open in SQLite's own shell.
  private static final int BUSY_MILLIS = 5_000;

  /// The journal is cut back to this after it has grown for a burst.
  private static final int JOURNAL_BYTES = 16 << 20;

  private static final String TMPDIR = "org.sqlite.tmpdir";

  private Sqlite() {}

  /// Opens a connection whose commits return when they are on the disk: in WAL mode with FULL, "the
  /// WAL is synced after each transaction commit".
  static Connection connect(Path file, boolean readOnly) throws SQLException {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setJournalSizeLimit(JOURNAL_BYTES);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setGetGeneratedKeys(false);
    Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    try {
      if (readOnly) {
        try (var statement = connection.createStatement()) {
          statement.execute("PRAGMA query_only = ON");
        }
      }
      return connection;
    } catch (SQLException | RuntimeException | Error failed) {
      connection.close();
      throw failed;
    }
  }

  /// Opens a connection to a database that nobody changes, and that has no journal: SQLite looks
  /// for none, takes no locks and makes no files.
  static Connection connectUnchanging(Path file) throws SQLException {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    return config.createConnection("jdbc:sqlite:" + file.toUri() + "?immutable=1");
  }

  /// Marks a new database as ours, and refuses one of a later version.
  static void claim(Connection connection, Path file) throws SQLException {
    try (var statement = connection.createStatement()) {
      int format;
      try (var rows = statement.executeQuery("PRAGMA user_version")) {
        format = rows.next() ? rows.getInt(1) : 0;
      }
      refuseNewer(file, format);
      if (format == FORMAT) {
        return;
      }
      statement.execute("PRAGMA application_id = " + APPLICATION);
      statement.execute("PRAGMA user_version = " + FORMAT);
    }
  }

  /// Looks at a database without touching it.
  ///
  /// @return whether it can be one of SQLite's
  /// @throws StoreException if it is somebody else's, or of a later version
  static boolean inspect(Path file) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    try (var channel = FileChannel.open(file)) {
      while (header.hasRemaining() && channel.read(header) >= 0) {
        // Until the header is complete or the file ends.
      }
    } catch (IOException failure) {
      throw Failures.of(file, failure);
    }
    if (header.position() == 0) {
      return true;
    }
    if (header.hasRemaining()
        || !Arrays.equals(header.array(), 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      return false;
    }
    int application = header.getInt(APPLICATION_OFFSET);
    if (application != APPLICATION && application != 0) {
      throw new StoreException(
          Reason.NEWER_FORMAT, file + " is another program's database; name another directory");
    }
    refuseNewer(file, header.getInt(FORMAT_OFFSET));
    return true;
  }

  private static void refuseNewer(Path file, int format) {
    if (format > FORMAT) {
      throw new StoreException(
          Reason.NEWER_FORMAT,
          file + " has format " + format + ", of a later version; this one reads up to " + FORMAT);
    }
  }

  /// Where SQLite's driver unpacks its native library.
  static String unpackedInto() {
    return System.getProperty(TMPDIR, System.getProperty("java.io.tmpdir", "/tmp"));
  }

  /// Gives SQLite's driver a place of ours for the native library that it unpacks at each start:
  /// what a killed process leaves behind in the machine's own would stay there for good. The first
  /// store of a process decides, unless whoever starts it has.
  static void unpackInto(Path directory) {
    if (System.getProperty(TMPDIR) != null) {
      return;
    }
    try {
      Files.createDirectories(directory);
      removeUnpacked(directory);
      System.setProperty(TMPDIR, directory.toAbsolutePath().toString());
    } catch (IOException elsewhereThen) {
      // The driver then uses the machine's directory for temporary files.
    }
  }

  /// Removes what a killed process has left, and nothing else: the directory may be one of a
  /// person's that has this name, or a link to one.
  static void removeUnpacked(Path directory) throws IOException {
    try (var left = Files.newDirectoryStream(directory, UNPACKED)) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
  }

  /// Refuses a directory in which something else lies where our files belong: to open a pipe would
  /// wait for ever, to copy a device would fill the disk, and of a link that leads nowhere SQLite
  /// says no more than that it cannot open it.
  ///
  /// @throws StoreException if one of them is there and no regular file
  static void checkFiles(Path directory) {
    checkFile(directory.resolve(DirectoryLock.FILE));
    for (String suffix : SUFFIXES) {
      checkFile(directory.resolve(FILE + suffix));
    }
  }

  private static void checkFile(Path file) {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file)) {
      throw new StoreException(
          Reason.IO,
          file + " is a directory, pipe, device or broken link and no file; move it away");
    }
  }
}
