package io.kadenza.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The servers by their names on the command line, each on one processor and with one worker.
final class Contenders {
  /// The load is on processor 0.
  private static final List<String> PINNED = List.of("taskset", "-c", "1");

  private final Path root;
  private final boolean pin;

  /// @param root of the checkout
  /// @param pin whether servers are held to a processor of their own
  Contenders(Path root, boolean pin) {
    this.root = root;
    this.pin = pin;
  }

  Contender named(String name) {
    return switch (name) {
      case "kadenza" -> kadenza(name, "-XX:+UseSerialGC");
      case "kadenza-g1" -> kadenza(name, "-XX:+UseG1GC");
      case "go" -> go();
      default -> throw new IllegalArgumentException("there is no contender " + name);
    };
  }

  /// As the launcher starts a node.
  private Contender kadenza(String name, String collector) {
    List<String> command = new ArrayList<>(pin ? PINNED : List.of());
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:ActiveProcessorCount=1",
            collector,
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    String more = System.getenv().getOrDefault("KAD_SERVER_OPTS", "").strip();
    if (!more.isEmpty()) {
      command.addAll(List.of(more.split(" +", -1)));
    }
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), KadServer.class.getName()));
    String commit = output("git", "-C", root.toString(), "rev-parse", "--short", "HEAD");
    return new Contender(
        name,
        "%s (JDK %s, %s)".formatted(commit.strip(), Runtime.version(), collector),
        command,
        true);
  }

  private Contender go() {
    String binary = root.resolve("interop/out/bin/kadserver").toString();
    List<String> command = new ArrayList<>(List.of("env", "GOMAXPROCS=1"));
    command.addAll(pin ? PINNED : List.of());
    command.add(binary);
    return new Contender("go", goVersions(output("go", "version", "-m", binary)), command, false);
  }

  /// The toolchain and the libraries that count, from what the binary says of itself.
  private static String goVersions(String modules) {
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
