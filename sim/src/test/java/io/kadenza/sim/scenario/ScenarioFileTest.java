package io.kadenza.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioFileTest {
  private static final String GOOD =
      """
      name: good
      nodes: 10
      duration: 1h
      """;

  @Test
  void whatIsNotSaidIsAsUsual() {
    Scenario scenario = ScenarioFile.parse("good.yaml", GOOD);
    assertThat(scenario.nodes()).isEqualTo(10);
    assertThat(scenario.duration()).isEqualTo(Duration.ofHours(1));
    assertThat(scenario.engine().alpha()).isEqualTo(10);
    assertThat(scenario.churn()).isEmpty();
    assertThat(scenario.engine().traces()).isFalse();
  }

  @Test
  void aProfileSetsTheKnobsAndTheFileOverridesThem() {
    Scenario scenario =
        ScenarioFile.parse("good.yaml", GOOD + "profile: rust-like\nengine: {alpha: 5}\n");
    assertThat(scenario.engine().alpha()).isEqualTo(5);
    assertThat(scenario.engine().lookup().beta()).isEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "colour: red                     | bad.yaml:4: unknown key 'colour'; known here: attack, begin",
        "clients: -1                     | bad.yaml:4: 'clients' is a whole number from 0 to 2000000, not '-1'",
        "clients: many                   | bad.yaml:4: 'clients' is a whole number from 0 to 2000000, not 'many'",
        "clients: [1]                    | bad.yaml:4: 'clients' is a single value",
        "clients: 99999999999999999999   | bad.yaml:4: 'clients' is a whole number",
        "dead: 1.5                       | bad.yaml:4: 'dead' is a number from 0.0 to 0.95, not '1.5'",
        "dead: NaN                       | bad.yaml:4: 'dead' is a number from 0.0 to 0.95, not 'NaN'",
        "churn: {session: 2 hours}       | bad.yaml:4: 'session' is a duration from 1s to 30d",
        "churn: {session: 9000d}         | bad.yaml:4: 'session' is a duration from 1s to 30d, not '9000d'",
        "churn: {}                       | bad.yaml:4: 'session' is missing",
        "churn: often                    | bad.yaml:4: 'churn' is a list of 'key: value' lines",
        "engine: {k: 0}                  | bad.yaml:4: 'k' is a whole number from 1 to 100, not '0'",
        "engine: {gamma: 3}              | bad.yaml:4: unknown key 'gamma'; known here: alpha, beta",
        "attack: {lies: [charm]}         | bad.yaml:4: 'lies' is a list, such as [hijack]",
        "profile: c++-like               | bad.yaml:4: 'profile' is one of default, hardened, go-like",
        "nodes: 11                       | bad.yaml:4: 'nodes' stands here twice",
        "begin: {                        | bad.yaml:5: not YAML",
        "attack: {eclipse: 5}            | bad.yaml:4: 'eclipse' needs 'begin: bootstrap'",
        "attack: {networks: -1}          | bad.yaml:4: 'networks' is a whole number from 0 to 10000",
        "workload: {searches: 0}         | bad.yaml:4: 'searches' is a whole number from 1 to 10000",
        "begin: '\u0007'                   | bad.yaml:4: not YAML: special characters are not allowed",
        "workload: {from: 10m, until: 5m} | bad.yaml:4: 'until' is a duration from 10m to 1h, not '5m'",
        "workload: {repeat: 0s}          | bad.yaml:4: 'repeat' is a duration from 1s to 30d, not '0s'",
        "checks: {agree-within: 1m}      | bad.yaml:4: 'agree-within' needs 'every'",
        "checks: {every: 1m, agree-within: 1m} | bad.yaml:1: 'agree-within' needs a partition",
        "checks: {success: {got: 1}}     | bad.yaml:4: unknown key 'got'; known here: find, get, lookup",
        "join: {at: 1m, nodes: 0}        | bad.yaml:4: 'nodes' is a whole number from 1 to 2000000, not '0'",
        "leave: [{at: 1m}]               | bad.yaml:4: 'share' is missing",
        "network: {bandwidth: -1}        | bad.yaml:4: 'bandwidth' is a whole number from 0 to 1000000000000",
        "churn: {session: 1h, diurnal: 2}| bad.yaml:4: 'diurnal' is a number from 0.0 to 0.9, not '2'",
        "faults: {weather: bad}          | bad.yaml:4: unknown key 'weather'; known here: clocks, jumps",
        "faults: {partitions: {at: 1m, for: 1m}} | bad.yaml:4: a partition has either 'share' or 'regions'",
        "faults: {partitions: [{at: 1m, for: 5m, share: 1}, {at: 2m, for: 1m, share: 1}]} | bad.yaml:4: a partition begins at 2m, before the one at 1m ends",
        "faults: {partitions: {at: 1m, for: 1m, regions: [mars]}} | bad.yaml:4: 'regions' is a list, such as [north-america]",
        "faults: {jumps: {at: 1m, share: 1}} | bad.yaml:4: a jump goes either 'forward' or 'back'",
        "faults: {jumps: {at: 1m, share: 1, back: 60d}} | bad.yaml:4: 'back' is a duration from 1ms to 30d, not '60d'",
        "faults: {clocks: {drift: 100001}} | bad.yaml:4: 'drift' is a whole number from 0 to 100000",
        "faults: {slow: {share: 0.1, delay: 1m}} | bad.yaml:4: 'delay' is a duration from 1ms to 10s, not '1m'",
        "faults: {lossy: {share: 0.1, out: 1}} | bad.yaml:4: 'out' is a number from 0.0 to 0.9, not '1'",
        "faults: [1]                     | bad.yaml:4: 'faults' is a list of 'key: value' lines",
        "leave: {at: 2h, share: 0.5}     | bad.yaml:4: 'at' is a duration from 0ms to 1h, not '2h'"
      })
  void aMistakeIsRefusedWithItsLineAndWhatMayStandThere(String line, String message) {
    assertThatThrownBy(() -> ScenarioFile.parse("bad.yaml", GOOD + line + "\n"))
        .isInstanceOf(ScenarioException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void tablesAreNotExpectedToAgreeWhileTheNextPartitionIsOn() {
    String parted =
        """
        faults:
          partitions:
            - {at: 1m, for: 1m, share: 0.5}
            - {at: 4m, for: 1m, share: 0.5}
        checks: {every: 1m, agree-within: %s}
        """;
    ScenarioFile.parse("good.yaml", GOOD + parted.formatted("2m"));
    assertThatThrownBy(() -> ScenarioFile.parse("bad.yaml", GOOD + parted.formatted("3m")))
        .isInstanceOf(ScenarioException.class)
        .hasMessage(
            "bad.yaml:1: a partition begins at 4m, when tables need not agree again after the one"
                + " at 1m");
  }

  @ParameterizedTest
  @CsvSource({
    "59s, 1m, 'a partition begins at 59s, before tables are looked at after 1m'",
    "50m, 6m, 'the scenario ends at 1h, when tables need not agree again after the one at 50m'"
  })
  void tablesAreNotExpectedToAgreeWhenNobodyCanTell(String at, String length, String why) {
    String parted =
        """
        faults: {partitions: {at: %s, for: %s, share: 0.5}}
        checks: {every: 1m, agree-within: 5m}
        """;
    ScenarioFile.parse("good.yaml", GOOD + parted.formatted("1m", "54m"));
    assertThatThrownBy(() -> ScenarioFile.parse("bad.yaml", GOOD + parted.formatted(at, length)))
        .isInstanceOf(ScenarioException.class)
        .hasMessage("bad.yaml:1: " + why);
  }

  @Test
  void whatMustBeSaidIsMissed() {
    assertThatThrownBy(() -> ScenarioFile.parse("bad.yaml", "name: x\nnodes: 3\n"))
        .isInstanceOf(ScenarioException.class)
        .hasMessage("bad.yaml:1: 'duration' is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: "})
  void whatIsNestedWithoutEndIsRefused(String opening) {
    String deep = GOOD + "churn: " + opening.repeat(15_000);
    assertThatThrownBy(() -> ScenarioFile.parse("bad.yaml", deep))
        .isInstanceOf(ScenarioException.class)
        .hasMessageStartingWith("bad.yaml:4: ");
  }

  @Test
  void anEmptyFileIsRefused() {
    assertThatThrownBy(() -> ScenarioFile.parse("bad.yaml", ""))
        .isInstanceOf(ScenarioException.class)
        .hasMessage("bad.yaml:1: the file is empty");
  }

  @Test
  void theScenariosThatComeWithTheProgramCanBeRead() throws IOException {
    List<Path> files;
    try (var all = Files.list(Path.of("..", "scenarios"))) {
      files = all.filter(file -> file.toString().endsWith(".yaml")).toList();
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      assertThat(ScenarioFile.read(file).name() + ".yaml").isEqualTo(file.getFileName().toString());
    }
  }

  @Test
  void aFileWithoutAnEndIsNotRead() {
    assertThatThrownBy(() -> ScenarioFile.read(Path.of("/dev/zero")))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining("at most 65536 bytes");
  }
}
