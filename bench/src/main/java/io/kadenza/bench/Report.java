package io.kadenza.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The outcome of a race as text, Markdown and JSON.
final class Report {
  private static final String NONE = "–";

  private final List<Contender> contenders;
  private final Options options;
  private final boolean pinned;
  private final List<Result> results = new ArrayList<>();

  Report(List<Contender> contenders, Options options, boolean pinned) {
    this.contenders = contenders;
    this.options = options;
    this.pinned = pinned;
  }

  void add(Result result) {
    results.add(result);
  }

  /// Whether every scenario passed its A/A check.
  boolean isValid() {
    return results.stream().allMatch(Result::isValid);
  }

  /// Writes the text, and the files that were asked for.
  void write(PrintStream text) throws IOException {
    var out = new PrintStream(text, true, UTF_8);
    out.println(MachineLine.describe());
    contenders.forEach(c -> out.println(c.name() + ": " + c.version()));
    for (Result result : results) {
      out.println();
      out.println(Table.text(rows(result)));
    }
    if (options.json() != null) {
      write(options.json(), json());
    }
    if (options.markdown() != null) {
      write(options.markdown(), markdown());
    }
  }

  private static void write(Path file, String content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, content);
  }

  private List<List<String>> rows(Result result) {
    String a = contenders.get(0).name();
    String b = contenders.get(1).name();
    var rows = new ArrayList<List<String>>();
    rows.add(List.of(result.scenario().name(), a, b, a + " / " + b));
    for (Metric metric : result.scenario().metrics()) {
      rows.add(
          List.of(
              metric.name(),
              result.spread(0, metric).map(Spread::toString).orElse(NONE),
              result.spread(1, metric).map(Spread::toString).orElse(NONE),
              result.ratio(metric).map(Spread::number).orElse(NONE)));
    }
    rows.add(
        List.of(
            "A/A check",
            Spread.number(result.againstItself(0)),
            Spread.number(result.againstItself(1)),
            result.isValid() ? "ok" : "VOID"));
    if (!result.tables().isEmpty()) {
      rows.add(
          List.of(
              "peers in the table",
              result.tables().get(0).toString(),
              result.tables().get(1).toString(),
              ""));
    }
    rows.add(List.of("other load, processors", result.otherLoad().toString(), "", ""));
    return rows;
  }

  private String markdown() {
    var text = new StringBuilder();
    text.append(
        Prose.HEAD.formatted(options.turn().toSeconds(), options.repeats(), options.warmUp()));
    text.append("## The last run\n\n");
    text.append(
        "%s, on %s. %s%n%n"
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                MachineLine.describe(),
                pinned
                    ? "Servers on processor 1, the load on processor 0."
                    : "Nothing was pinned to a processor."));
    contenders.forEach(
        c -> text.append("* ").append(c.name()).append(": ").append(c.version()).append('\n'));
    text.append('\n');
    text.append("    %s%n%n".formatted(command()));
    for (Result result : results) {
      text.append(Table.markdown(rows(result))).append('\n');
      if (!result.isValid()) {
        text.append("**Void**: a server did not agree with itself.\n\n");
      }
    }
    return text.toString();
  }

  private String command() {
    return "bench/run --repeats %d --memory-repeats %d --seconds %d --warm-up %d --connections %d --idle %d"
            .formatted(
                options.repeats(),
                options.memoryRepeats(),
                options.turn().toSeconds(),
                options.warmUp(),
                options.connections(),
                options.idle())
        + " --contenders "
        + String.join(",", options.contenders())
        + " --scenarios "
        + String.join(",", options.scenarios());
  }

  private String json() {
    var mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    ObjectNode root = mapper.createObjectNode();
    root.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    root.put("machine", MachineLine.describe());
    root.put("pinned", pinned);
    root.put("command", command());
    var named = root.putArray("contenders");
    contenders.forEach(c -> named.addObject().put("name", c.name()).put("version", c.version()));
    var scenarios = root.putArray("scenarios");
    for (Result result : results) {
      ObjectNode scenario = scenarios.addObject();
      scenario.put("name", result.scenario().name());
      scenario.put("valid", result.isValid());
      var tables = scenario.putArray("tables");
      result.tables().forEach(tables::add);
      var turns = scenario.putArray("turns");
      for (Turn turn : result.turns()) {
        ObjectNode one = turns.addObject();
        one.put("round", turn.round());
        one.put("contender", contenders.get(turn.contender()).name());
        one.put("otherLoad", turn.otherLoad());
        for (Map.Entry<Metric, Double> reading : turn.readings().entrySet()) {
          one.put(reading.getKey().name(), reading.getValue());
        }
      }
    }
    return mapper.writeValueAsString(root) + "\n";
  }
}
