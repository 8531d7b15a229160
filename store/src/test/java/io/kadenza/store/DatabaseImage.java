package io.kadenza.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.multiformats.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// What lies on the disk of a store at some moment, to be damaged and opened again. Immutable; its
/// store has the entries 0 to n, each with a value that follows from its number.
record DatabaseImage(Map<String, byte[]> files) {
  static final String DATABASE = "kad.db";
  static final String JOURNAL = "kad.db-wal";

  private static final int SECTOR = 512;

  /// What was read of a store, and what its opening found.
  record Reading(List<Integer> entries, List<String> findings) {}

  DatabaseImage {
    files = Map.copyOf(files);
  }

  static DatabaseImage of(Path directory) throws IOException {
    var files = new HashMap<String, byte[]>();
    for (String name : List.of(DATABASE, JOURNAL)) {
      if (Files.exists(directory.resolve(name))) {
        files.put(name, Files.readAllBytes(directory.resolve(name)));
      }
    }
    return new DatabaseImage(files);
  }

  static void put(Store store, int number) {
    store.table("things").put(Bytes.utf8("key " + number), value(number));
  }

  private static Bytes value(int number) {
    return Bytes.utf8("value " + number + " " + "x".repeat(number % 200));
  }

  int length(String name) {
    return files.get(name).length;
  }

  DatabaseImage with(String name, byte[] content) {
    var changed = new HashMap<>(files);
    changed.put(name, content);
    return new DatabaseImage(changed);
  }

  DatabaseImage flipped(String name, int bit) {
    byte[] content = files.get(name).clone();
    content[bit / 8] ^= (byte) (1 << bit % 8);
    return with(name, content);
  }

  DatabaseImage cut(String name, int length) {
    return with(name, Arrays.copyOf(files.get(name), length));
  }

  /// An image of which every sector is of this time or of a later one.
  DatabaseImage mixedWith(DatabaseImage later, SplittableRandom random) {
    var mixed = new HashMap<String, byte[]>();
    later.files.forEach((name, late) -> {
      byte[] early = Arrays.copyOf(files.getOrDefault(name, new byte[0]), late.length);
      byte[] image = late.clone();
      for (int at = 0; at < image.length; at += SECTOR) {
        if (random.nextBoolean()) {
          System.arraycopy(early, at, image, at, Math.min(SECTOR, image.length - at));
        }
      }
      mixed.put(name, image);
    });
    return new DatabaseImage(mixed);
  }

  void layInto(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (var file : files.entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
  }

  /// Opens a store on this, reads all of it, and fails if anything is not as it was written.
  Reading read(Path directory, String what) throws IOException {
    layInto(directory);
    return readThere(directory, what);
  }

  static Reading readThere(Path directory, String what) {
    try (Store store = Store.open(directory)) {
      var found = new ArrayList<Integer>();
      store
          .table("things")
          .forEach(entry -> {
            int number = Integer.parseInt(entry.key().utf8().substring("key ".length()));
            assertThat(entry.value()).as(what).isEqualTo(value(number));
            found.add(number);
          });
      found.sort(null);
      return new Reading(List.copyOf(found), store.findings());
    } catch (StoreException refused) {
      assertThat(refused.reason()).as(what).isEqualTo(StoreException.Reason.NEWER_FORMAT);
      return new Reading(List.of(), List.of(refused.getMessage()));
    }
  }
}
