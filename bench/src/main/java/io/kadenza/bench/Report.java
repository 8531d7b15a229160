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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The outcome of a race as text, Markdown and JSON.
public final class Report {
  private final List<Contender> contenders;
  private final Setting setting;
  private final List<Result> results = new ArrayList<>();

  public Report(List<Contender> contenders, Setting setting) {
    this.contenders = List.copyOf(contenders);
    this.setting = setting;
  }

  public void add(Result result) {
    results.add(result);
  }

  /// Whether every scenario passed its A/A check.
  public boolean isValid() {
    return results.stream().allMatch(Result::isValid);
  }

  /// Writes the text, and the files that are wanted.
  ///
  /// @param json every reading
  /// @param markdown the page that has a section for this race
  public void write(PrintStream text, @Nullable Path json, @Nullable Path markdown)
      throws IOException {
    var out = new PrintStream(text, true, UTF_8);
    out.println(MachineLine.describe());
    contenders.forEach(c -> out.println(c.name() + ": " + c.version()));
    for (Result result : results) {
      out.println();
      out.println(Table.text(result.rows(names())));
    }
    if (json != null) {
      write(json, json());
    }
    if (markdown != null) {
      String page = Files.exists(markdown) ? Files.readString(markdown) : Prose.PAGE;
      write(markdown, Page.with(page, setting.title(), blocks()));
    }
  }

  private static void write(Path file, String content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, content);
  }

  private List<String> names() {
    return contenders.stream().map(Contender::name).toList();
  }

  private List<Page.Block> blocks() {
    return List.of(
        new Page.Block("how", setting.prose()),
        new Page.Block("run", run()),
        new Page.Block("figures", figures()));
  }

  private String run() {
    var text = new StringBuilder("### The last run\n\n");
    text.append(
        "%s, on %s. %s%n%n"
            .formatted(LocalDate.now(ZoneOffset.UTC), MachineLine.describe(), setting.place()));
    contenders.forEach(
        c -> text.append("* ").append(c.name()).append(": ").append(c.version()).append('\n'));
    return text.append("\n    ").append(setting.command()).append('\n').toString();
  }

  private String figures() {
    var text = new StringBuilder();
    for (Result result : results) {
      text.append(Table.markdown(result.rows(names()))).append('\n');
      if (!result.isValid()) {
        text.append("**Void**: a contender did not agree with itself.\n\n");
      }
    }
    return text.toString();
  }

  private String json() {
    var mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    ObjectNode root = mapper.createObjectNode();
    root.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    root.put("machine", MachineLine.describe());
    root.put("place", setting.place());
    root.put("command", setting.command());
    var named = root.putArray("contenders");
    contenders.forEach(c -> named.addObject().put("name", c.name()).put("version", c.version()));
    var scenarios = root.putArray("scenarios");
    for (Result result : results) {
      ObjectNode scenario = scenarios.addObject();
      scenario.put("name", result.scenario());
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
