package io.kadenza.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The tests that `docs/dht.md` cites as proofs exist.
class FeatureTableTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  /// A test class in a cell, perhaps with a method; `…` stands for the rest of a name.
  private static final Pattern CITATION =
      Pattern.compile("`(\\w+(?:Test|Contract))(?:\\.([\\w…]+))?`");

  private static final Pattern RULE = Pattern.compile("void rule(\\d\\d)");

  /// A row of the table of rules: the rule's number, what it is about, and the classes.
  private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\|.*\\|(.*)\\|");

  private static Map<String, String> tests() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.map(m -> m.resolve("src/test/java")).toList()) {
        if (Files.isDirectory(module)) {
          read(module, sources);
        }
      }
    }
    return sources;
  }

  /// Classes of one name in several modules are read as one.
  private static void read(Path module, Map<String, String> into) throws IOException {
    try (Stream<Path> files = Files.walk(module)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        into.merge(name, Files.readString(file), String::concat);
      }
    }
  }

  private static List<String> rows() throws IOException {
    return Files.readAllLines(ROOT.resolve("docs/dht.md")).stream()
        .filter(line -> line.startsWith("|"))
        .toList();
  }

  @Test
  void everyTestThatIsCitedExists() throws IOException {
    Map<String, String> tests = tests();
    List<String> missing = new ArrayList<>();
    int cited = 0;
    for (String row : rows()) {
      var citation = CITATION.matcher(row);
      while (citation.find()) {
        cited++;
        String source = tests.get(citation.group(1));
        String method = citation.group(2);
        if (source == null || (method != null && !has(source, method))) {
          missing.add(citation.group());
        }
      }
    }

    assertThat(missing).isEmpty();
    assertThat(cited).isGreaterThan(50);
  }

  private static boolean has(String source, String method) {
    String name = "void " + method.replace("…", "\\w*") + "\\(";
    return Pattern.compile(name).matcher(source).find();
  }

  /// The classes with tests of each rule.
  private static Map<Integer, Set<String>> testing() throws IOException {
    Map<Integer, Set<String>> classes = new TreeMap<>();
    tests()
        .forEach((name, source) ->
            RULE.matcher(source)
                .results()
                .map(found -> Integer.parseInt(found.group(1)))
                .forEach(rule -> classes.computeIfAbsent(rule, _ -> new TreeSet<>()).add(name)));
    return classes;
  }

  @Test
  void everyRuleOfTheWireHasATest() throws IOException {
    assertThat(testing().keySet())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 18).boxed().toList());
  }

  @Test
  void theRowOfARuleNamesAllClassesThatTestIt() throws IOException {
    Map<Integer, Set<String>> named = new TreeMap<>();
    for (String line : rows()) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        var cited = CITATION.matcher(row.group(2)).results().map(test -> test.group(1));
        named.put(
            Integer.parseInt(row.group(1)), cited.collect(Collectors.toCollection(TreeSet::new)));
      }
    }

    assertThat(named).isEqualTo(testing());
  }
}
