package io.kadenza.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// `kad sim`, from file to output.
class SimCommandsTest {
  private static final String GOOD =
      """
      name: good
      nodes: 20
      duration: 2m
      workload: {lookups: 5}
      """;

  /// Liars take the values in and forget them.
  private static final String FAILING =
      """
      name: failing
      nodes: 60
      clients: 2
      profile: go-like
      duration: 3m
      workload: {lookups: 5, puts: 4, pause: 1s, until: 1m}
      attack: {sybils-per-key: 40}
      checks: {success: {get: 1}}
      """;

  /// More than any heap.
  private static final String HUGE =
      """
      name: huge
      nodes: 2000000
      clients: 2000000
      duration: 1d
      workload: {lookups: 5}
      """;

  @TempDir Path directory;

  @BeforeEach
  void writeScenarios() throws IOException {
    Files.writeString(directory.resolve("good.yaml"), GOOD);
    Files.writeString(directory.resolve("failing.yaml"), FAILING);
    Files.writeString(directory.resolve("bad.yaml"), GOOD + "faults: {slow: {share: 2}}\n");
  }

  @Test
  void aRunIsOneJsonObjectAndAPage() throws IOException {
    var session = new Session(directory);

    assertThat(session.run("sim", "run", "good.yaml", "--json", "--report", "out")).isZero();

    var json = JsonMapper.shared().readTree(session.out());
    assertThat(json.get("traceHash").asString()).hasSize(16);
    assertThat(json.get("operations").get(0).get("count").asInt()).isEqualTo(5);
    assertThat(Files.readString(directory.resolve("out/index.html"))).contains("<svg");
  }

  @Test
  void aReportThatCannotBeWrittenIsRefusedBeforeTheRun() throws IOException {
    Files.writeString(directory.resolve("taken"), "");
    var session = new Session(directory);

    assertThat(session.run("sim", "run", "good.yaml", "--report", "taken/out")).isEqualTo(2);

    assertThat(session.err()).contains("cannot write the report into taken/out (");
    assertThat(session.out()).isEmpty();
  }

  @Test
  void whatDoesNotFitIsRefusedWithTheOptionThatHelps() throws IOException {
    Files.writeString(directory.resolve("huge.yaml"), HUGE);
    for (String arguments :
        List.of("run huge.yaml", "compare good.yaml huge.yaml", "shrink huge.yaml")) {
      var session = new Session(directory);

      assertThat(session.run(("sim " + arguments).split(" "))).as(arguments).isEqualTo(2);

      assertThat(session.err()).contains("MiB of heap").contains("KAD_JAVA_OPTS=-Xmx");
    }
  }

  @Test
  void theOptionThatHelpsCanBeTypedInAnyLanguage() throws IOException {
    Files.writeString(directory.resolve("huge.yaml"), HUGE);
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      var session = new Session(directory);

      assertThat(session.run("sim", "run", "huge.yaml")).isEqualTo(2);

      assertThat(session.err()).containsPattern("KAD_JAVA_OPTS=-Xmx[0-9]+m");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aTableThatDoesNotFitIsRefusedBeforeItsFirstRow() {
    for (String which : List.of("security", "lookup")) {
      var large = new Session(directory);
      assertThat(large.run("sim", "table", which, "--nodes", "2000000")).isEqualTo(2);
      assertThat(large.err()).contains("MiB of heap");
      var tooLarge = new Session(directory);
      assertThat(tooLarge.run("sim", "table", which, "--nodes", "2000001")).isEqualTo(2);
      assertThat(tooLarge.err()).contains("'nodes' is a whole number from 2 to 2000000");
      assertThat(large.out() + tooLarge.out()).isEmpty();
    }
  }

  @Test
  void aMistakeIsRefusedWithItsLine() {
    var session = new Session(directory);

    assertThat(session.run("sim", "run", "bad.yaml")).isEqualTo(2);
    assertThat(session.err()).contains("bad.yaml:5: 'delay' is missing");
  }

  @Test
  void aRunThatFailsSaysHowToSeeItAgain() {
    var session = new Session(directory);

    assertThat(session.run("sim", "run", "failing.yaml", "--seed", "3")).isEqualTo(1);
    assertThat(session.err())
        .contains("success: ", "operations 'get' have succeeded", " of virtual time")
        .contains("replay: kad sim run failing.yaml --seed 3")
        .contains("shrink: kad sim shrink failing.yaml --seed 3");
  }

  @Test
  void aComparisonWithARunThatFailsSaysHowToSeeItAgain() {
    var session = new Session(directory);

    assertThat(session.run("sim", "compare", "good.yaml", "failing.yaml", "--seeds", "1"))
        .isEqualTo(1);
    assertThat(session.err())
        .contains("operations 'get' have succeeded", "replay: kad sim run failing.yaml --seed 1")
        .doesNotContain("internal fault");
  }

  @Test
  void aFailingScenarioIsShrunkToOneThatFails() throws IOException {
    var session = new Session(directory);

    assertThat(session.run("sim", "shrink", "failing.yaml", "--out", "small.yaml")).isZero();
    assertThat(session.out()).isEqualTo("kad sim run small.yaml\n");
    assertThat(Files.readString(directory.resolve("small.yaml")))
        .contains("checks: {success: {get: 1}}", "seed: ")
        .doesNotContain("clients", "lookups");
    assertThat(new Session(directory).run("sim", "run", "small.yaml")).isEqualTo(1);
  }

  @Test
  void shrinkingOverwritesNothingAndShrinksNothingThatDoesNotFail() {
    var session = new Session(directory);

    assertThat(session.run("sim", "shrink", "failing.yaml", "--out", "good.yaml")).isEqualTo(2);
    assertThat(session.err()).contains("good.yaml exists already");
    assertThat(session.run("sim", "shrink", "good.yaml")).isEqualTo(3);
    assertThat(session.err()).contains("the scenario does not fail");
  }
}
