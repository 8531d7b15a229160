package io.kadenza.node.interop;

import io.kadenza.machine.Deadline;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/// One line of the driver.
///
/// @param number repeated in the answer
/// @param deadline when the answer is due
record Request(long number, String verb, Deadline deadline, JsonNode fields) {
  private static final int DEFAULT_TIMEOUT_MS = 10_000;

  static Request of(JsonNode line) {
    return new Request(
        line.path("n").asLong(-1),
        line.path("verb").asString(""),
        Deadline.after(Duration.ofMillis(line.path("timeout_ms").asInt(DEFAULT_TIMEOUT_MS))),
        line);
  }

  String text(String field) {
    JsonNode value = fields.path(field);
    if (!value.isString()) {
      throw new IllegalArgumentException(verb + " needs the text field " + field);
    }
    return value.asString();
  }

  int number(String field, int otherwise) {
    return fields.path(field).asInt(otherwise);
  }

  PeerId peer(String field) {
    return PeerId.parse(text(field));
  }
}
