package io.kadenza.node.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.lookup.Termination;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonTraceTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final JsonTrace trace =
      new JsonTrace(new PrintStream(out, true, StandardCharsets.UTF_8), SampleWalk.FAR.id());

  private List<JsonNode> lines() {
    var mapper = new JsonMapper();
    return out.toString(StandardCharsets.UTF_8).lines().map(mapper::readTree).toList();
  }

  private static String id(JsonNode list) {
    return list.path(0).path("id").asString();
  }

  @Test
  void aWalkIsOneObjectForEachEvent() {
    SampleWalk.show(trace);

    assertThat(lines())
        .allMatch(line -> line.path("schema").asString().equals("kad.trace/v1"))
        .extracting(line -> line.path("event").asString())
        .containsExactly(
            "start",
            "request",
            "response",
            "request",
            "request",
            "failure",
            "request",
            "slow",
            "response",
            "terminate",
            "store",
            "store");
  }

  @Test
  void peersAreInTheStatesThatGoNames() {
    SampleWalk.show(trace);

    List<JsonNode> lines = lines();
    assertThat(id(lines.get(0).path("heard"))).isEqualTo(SampleWalk.FAR.id().toString());
    assertThat(lines.get(0).path("target").asString()).isEqualTo(SampleWalk.TARGET.toString());
    assertThat(id(lines.get(1).path("waiting"))).isEqualTo(SampleWalk.FAR.id().toString());
    assertThat(id(lines.get(2).path("queried"))).isEqualTo(SampleWalk.FAR.id().toString());
    assertThat(lines.get(2).path("heard").size()).isEqualTo(3);
    assertThat(lines.get(2).path("named").asInt()).isEqualTo(4);
    assertThat(lines.get(2).path("took_ms").asDouble()).isEqualTo(20.0);
    assertThat(id(lines.get(5).path("unreachable"))).isEqualTo(SampleWalk.DEAD.id().toString());
    assertThat(lines.get(5).path("why").asString()).isEqualTo("unreachable");
    assertThat(lines.get(9).path("reason").asString()).isEqualTo("completed");
    assertThat(lines.get(9).path("closest").path(0).path("shared_bits").asInt()).isEqualTo(9);
    assertThat(lines.get(10).path("outcome").asString()).isEqualTo("failed");
  }

  @ParameterizedTest
  @EnumSource(Termination.class)
  void everyEndHasOneOfGosFourReasons(Termination reason) {
    var walk = new WalkLog(1, SampleWalk.started());
    trace.ended(walk, SampleWalk.ended(reason));

    assertThat(lines().getFirst().path("reason").asString())
        .isIn("stopped", "cancelled", "starvation", "completed");
    assertThat(Reasons.words(reason)).isNotBlank();
  }
}
