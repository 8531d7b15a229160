package io.kadenza.sim.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// One mapping of a scenario file. Whatever it holds that nobody asks for is a mistake.
final class YamlSection {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern INTEGER = Pattern.compile("-?\\d{1,18}");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}(\\.\\d{1,9})?");

  /// Enough for any list that a person writes.
  private static final int MAX_SECTIONS = 64;

  private final String file;
  private final int line;
  private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
  private final TreeSet<String> known = new TreeSet<>();

  private YamlSection(String file, int line) {
    this.file = file;
    this.line = line;
  }

  /// @param what what stands there, for messages
  static YamlSection of(String file, Node node, String what) {
    if (!(node instanceof MappingNode mapping)) {
      throw new ScenarioException(file, lineOf(node), what + " is a list of 'key: value' lines");
    }
    var section = new YamlSection(file, lineOf(node));
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw new ScenarioException(file, lineOf(entry.getKeyNode()), "a key is a word");
      }
      if (section.entries.put(key.getValue(), entry) != null) {
        throw new ScenarioException(
            file, lineOf(key), "'" + key.getValue() + "' stands here twice");
      }
    }
    return section;
  }

  private static int lineOf(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  int integer(String key, int otherwise, int min, int max) {
    return (int) longInteger(key, otherwise, min, max);
  }

  long longInteger(String key, long otherwise, long min, long max) {
    ScalarNode node = scalar(key);
    if (node == null) {
      return otherwise;
    }
    String text = node.getValue();
    String allowed = "a whole number from " + min + " to " + max;
    if (!INTEGER.matcher(text).matches()) {
      throw wrong(key, node, allowed);
    }
    long value = Long.parseLong(text);
    if (value < min || value > max) {
      throw wrong(key, node, allowed);
    }
    return value;
  }

  double number(String key, double otherwise, double min, double max) {
    ScalarNode node = scalar(key);
    if (node == null) {
      return otherwise;
    }
    String allowed = "a number from " + min + " to " + max;
    if (!NUMBER.matcher(node.getValue()).matches()) {
      throw wrong(key, node, allowed);
    }
    double value = Double.parseDouble(node.getValue());
    if (value < min || value > max) {
      throw wrong(key, node, allowed);
    }
    return value;
  }

  Duration duration(String key, Duration otherwise, Duration min, Duration max) {
    ScalarNode node = scalar(key);
    if (node == null) {
      return otherwise;
    }
    String allowed = "a duration from " + Spelling.of(min) + " to " + Spelling.of(max);
    Matcher matcher = DURATION.matcher(node.getValue());
    if (!matcher.matches()) {
      throw wrong(key, node, allowed + ", such as 500ms, 10s, 5m, 2h or 1d");
    }
    long count = Long.parseLong(matcher.group(1));
    Duration value =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(count);
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw wrong(key, node, allowed);
    }
    return value;
  }

  boolean flag(String key, boolean otherwise) {
    return word(key, Boolean.toString(otherwise), List.of("true", "false")).equals("true");
  }

  String text(String key, String otherwise, Pattern allowed, String description) {
    ScalarNode node = scalar(key);
    if (node == null) {
      return otherwise;
    }
    if (!allowed.matcher(node.getValue()).matches()) {
      throw wrong(key, node, description);
    }
    return node.getValue();
  }

  String word(String key, String otherwise, List<String> allowed) {
    ScalarNode node = scalar(key);
    if (node == null) {
      return otherwise;
    }
    if (!allowed.contains(node.getValue())) {
      throw wrong(key, node, "one of " + String.join(", ", allowed));
    }
    return node.getValue();
  }

  List<String> words(String key, List<String> allowed) {
    Node node = node(key);
    if (node == null) {
      return List.of();
    }
    String description = "a list, such as [" + allowed.getFirst() + "], of " + allowed;
    if (!(node instanceof SequenceNode sequence)) {
      throw new ScenarioException(file, lineOf(node), "'" + key + "' is " + description);
    }
    var words = new ArrayList<String>();
    for (Node item : sequence.getValue()) {
      if (!(item instanceof ScalarNode scalar) || !allowed.contains(scalar.getValue())) {
        throw new ScenarioException(file, lineOf(item), "'" + key + "' is " + description);
      }
      words.add(scalar.getValue());
    }
    return words;
  }

  Optional<YamlSection> section(String key) {
    Node node = node(key);
    return node == null ? Optional.empty() : Optional.of(of(file, node, "'" + key + "'"));
  }

  /// The section under a key; one in which nothing is said if there is none.
  YamlSection sectionOrEmpty(String key) {
    return section(key).orElseGet(() -> new YamlSection(file, line));
  }

  /// One section under a key, or a list of them.
  List<YamlSection> sections(String key) {
    Node node = node(key);
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof SequenceNode sequence)) {
      return List.of(of(file, node, "'" + key + "'"));
    }
    if (sequence.getValue().size() > MAX_SECTIONS) {
      throw new ScenarioException(
          file, lineOf(node), "'" + key + "' has at most " + MAX_SECTIONS + " entries");
    }
    var sections = new ArrayList<YamlSection>();
    sequence.getValue().forEach(item -> sections.add(of(file, item, "an entry of '" + key + "'")));
    return sections;
  }

  /// Whether a key is there.
  boolean has(String key) {
    known.add(key);
    return entries.containsKey(key);
  }

  /// What is wrong with the section as a whole.
  ScenarioException refused(String why) {
    return new ScenarioException(file, line, why);
  }

  /// Insists on a key.
  YamlSection require(String key) {
    if (!entries.containsKey(key)) {
      throw new ScenarioException(file, line, "'" + key + "' is missing");
    }
    return this;
  }

  /// Refuses what nobody has asked for.
  void finish() {
    for (Map.Entry<String, NodeTuple> entry : entries.entrySet()) {
      if (!known.contains(entry.getKey())) {
        throw new ScenarioException(
            file,
            lineOf(entry.getValue().getKeyNode()),
            "unknown key '" + entry.getKey() + "'; known here: " + String.join(", ", known));
      }
    }
  }

  private @Nullable Node node(String key) {
    known.add(key);
    NodeTuple entry = entries.get(key);
    return entry == null ? null : entry.getValueNode();
  }

  private @Nullable ScalarNode scalar(String key) {
    Node node = node(key);
    if (node == null || node instanceof ScalarNode) {
      return (ScalarNode) node;
    }
    throw new ScenarioException(file, lineOf(node), "'" + key + "' is a single value");
  }

  private ScenarioException wrong(String key, ScalarNode node, String allowed) {
    return new ScenarioException(
        file, lineOf(node), "'" + key + "' is " + allowed + ", not '" + node.getValue() + "'");
  }
}
