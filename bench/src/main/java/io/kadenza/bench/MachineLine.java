package io.kadenza.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The machine that a race is run on, as Linux describes it, and how busy it is.
final class MachineLine {
  /// USER_HZ; see [ServerProcess].
  private static final double TICKS_PER_SECOND = 100;

  /// Columns of the first line of `/proc/stat`: idle, and idle while waiting for a disk.
  private static final int IDLE = 4;

  private static final int IOWAIT = 5;
  private static final int STEAL = 8;

  private MachineLine() {}

  /// Cores, processor and kernel in one line.
  static String describe() {
    return cores() + " × " + processor() + ", Linux " + System.getProperty("os.version");
  }

  private static long cores() {
    return lines("/proc/cpuinfo").stream().filter(line -> line.startsWith("processor")).count();
  }

  private static String processor() {
    return lines("/proc/cpuinfo").stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 2))
        .findFirst()
        .orElse("unknown processor");
  }

  /// Seconds that all processors together have been busy for since the machine started.
  static double busySeconds() {
    String[] columns = lines("/proc/stat").getFirst().split(" +", -1);
    long busy = 0;
    for (int i = 1; i <= STEAL; i++) {
      busy += i == IDLE || i == IOWAIT ? 0 : Long.parseLong(columns[i]);
    }
    return busy / TICKS_PER_SECOND;
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (IOException e) {
      throw new RaceException("cannot read " + file + ": the race needs Linux", e);
    }
  }
}
