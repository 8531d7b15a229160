package io.kadenza.bench.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NetworkOptionsTest {
  @Test
  void theCommandInTheReportRepeatsTheRun() {
    var options = NetworkOptions.parse("--servers", "30", "--rtt", "40", "--scenarios", "put,get");

    String[] words = options.command().split(" ", -1);

    assertThat(NetworkOptions.parse(Arrays.copyOfRange(words, 2, words.length))).isEqualTo(options);
  }

  @Test
  void theReportSaysWhichOptionsOurJvmsHad() {
    assertThat(NetworkOptions.parse("--java", "-Xa -Xb").command()).endsWith(" --java '-Xa -Xb'");
  }

  @Test
  void theReportSaysWhoseServersTheyWere() {
    var options = NetworkOptions.parse("--network", "own");

    assertThat(options.command()).contains("--network own");
    assertThat(NetworkProse.setting(options, true).title()).contains("of their own");
  }

  @Test
  void theCommandOfTheOtherRaceDoesToo() {
    var options = ProvideOptions.parse("--contents", "1000", "--step", "3");

    String[] words = options.command().split(" ", -1);

    assertThat(ProvideOptions.parse(Arrays.copyOfRange(words, 2, words.length))).isEqualTo(options);
  }

  @Test
  void readsFiles() {
    assertThat(ProvideOptions.parse("--json", "a/b.json").json()).isEqualTo(Path.of("a/b.json"));
    assertThat(ProvideOptions.parse().json()).isNull();
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> NetworkOptions.parse("--servers", "20"))
        .hasMessageContaining("21 at least");
    assertThatThrownBy(() -> NetworkOptions.parse("--clients", "few")).hasMessageContaining("few");
    assertThatThrownBy(() -> NetworkOptions.parse("--scenarios", "ping"))
        .hasMessageContaining("cold-lookup");
    assertThatThrownBy(() -> NetworkOptions.parse("--rtt", "50", "--servers", "1000"))
        .hasMessageContaining("3000 at most");
    assertThatThrownBy(() -> NetworkOptions.parse("--network", "mine"))
        .hasMessageContaining("[mixed, own]");
    assertThatThrownBy(() -> NetworkOptions.parse("--rtt", "50", "--network", "own"))
        .hasMessageContaining("all servers are go's");
    assertThatThrownBy(() -> NetworkOptions.parse("--rtt")).hasMessageContaining("--rtt");
    assertThatThrownBy(() -> ProvideOptions.parse("--rtt", "1"))
        .hasMessageContaining("no option --rtt");
  }
}
