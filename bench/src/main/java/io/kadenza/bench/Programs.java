package io.kadenza.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How the programs of both implementations are started, each with one worker, and what they stand
/// on. Immutable.
public final class Programs {
  /// What this process, and with it the load, is held to.
  public static final int OWN_PROCESSOR = 0;

  private static final int THEIR_PROCESSOR = 1;

  private final Path root;
  private final boolean pin;

  /// @param root of the checkout
  /// @param pin whether programs are held to a processor
  public Programs(Path root, boolean pin) {
    this.root = root;
    this.pin = pin;
  }

  /// From the system properties `bench.root` and `bench.pin`.
  public static Programs here() {
    return new Programs(root(), Boolean.getBoolean("bench.pin"));
  }

  public static Path root() {
    return Path.of(System.getProperty("bench.root", "."));
  }

  /// Whether programs are held to a processor.
  public boolean pinned() {
    return pin;
  }

  /// A program of this module, as the launcher starts a node, on the processor of what is measured.
  ///
  /// @param options of the JVM
  public List<String> java(List<String> options, Class<?> main, String... arguments) {
    return java(THEIR_PROCESSOR, options, main, arguments);
  }

  public List<String> java(
      int processor, List<String> options, Class<?> main, String... arguments) {
    List<String> command = onProcessor(processor);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:ActiveProcessorCount=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dio.netty.leakDetection.level=disabled"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  /// A program of go's, on the processor of what is measured.
  public List<String> go(String binary, String... arguments) {
    return go(THEIR_PROCESSOR, binary, arguments);
  }

  public List<String> go(int processor, String binary, String... arguments) {
    List<String> command = new ArrayList<>(List.of("env", "GOMAXPROCS=1"));
    command.addAll(onProcessor(processor));
    command.add(path(binary));
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  private List<String> onProcessor(int processor) {
    return pin
        ? Stream.of("taskset", "-c", Integer.toString(processor))
            .collect(Collectors.toCollection(ArrayList::new))
        : new ArrayList<>();
  }

  private String path(String binary) {
    return root.resolve("interop/out/bin").resolve(binary).toString();
  }

  /// The commit and the JDK.
  ///
  /// @param options the JVM's
  public String kadenzaVersion(String options) {
    String commit = output("git", "-C", root.toString(), "rev-parse", "--short", "HEAD");
    return "%s (JDK %s, %s)".formatted(commit.strip(), Runtime.version(), options);
  }

  /// The toolchain and the libraries that count, from what the binary says of itself.
  public String goVersions(String binary) {
    String modules = output("go", "version", "-m", path(binary));
    String toolchain = modules.lines().findFirst().orElse("").replaceFirst("^.*: ", "");
    Map<String, String> versions =
        modules
            .lines()
            .map(line -> line.strip().split("\\s+", -1))
            .filter(words -> words.length >= 3 && words[0].equals("dep"))
            .collect(Collectors.toMap(words -> words[1], words -> words[2], (a, _) -> a));
    return "go-libp2p-kad-dht %s, go-libp2p %s (%s)"
        .formatted(
            versions.getOrDefault("github.com/libp2p/go-libp2p-kad-dht", "?"),
            versions.getOrDefault("github.com/libp2p/go-libp2p", "?"),
            toolchain);
  }

  private static String output(String... command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      return new String(process.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      return "?";
    }
  }
}
