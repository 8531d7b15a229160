package io.kadenza.node.control;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.node.terminal.JsonLine;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A question to a running node, as one line of JSON.
public sealed interface ControlRequest {
  /// Longer lines are no questions: the longest names a key of 1 KiB in hexadecimal.
  int MAX_BYTES = 4_096;

  String SCHEMA = "kad.control/v1";

  /// How the node is.
  record Status() implements ControlRequest {}

  /// Whom it has in its routing table.
  record Table() implements ControlRequest {}

  /// About what it holds for the network, which can be told of a node that is stopped, too.
  sealed interface OfRecords extends ControlRequest {}

  /// Which values it holds.
  record Values() implements OfRecords {}

  /// What it holds under a key: a value, providers, or both.
  record Show(Bytes key) implements OfRecords {}

  /// The line, without its end.
  default String line() {
    JsonLine line = JsonLine.of(SCHEMA);
    JsonLine asking =
        switch (this) {
          case Status _ -> line.with("ask", "status");
          case Table _ -> line.with("ask", "table");
          case Values _ -> line.with("ask", "values");
          case Show(Bytes key) -> line.with("ask", "show").with("key_hex", key.toHex());
        };
    return asking.toString();
  }

  /// Reads a line.
  ///
  /// @throws MalformedException if it is no question that this version knows
  static ControlRequest parse(String line) {
    JsonNode json;
    try {
      json = new JsonMapper().readTree(line);
    } catch (JacksonException e) {
      throw new MalformedException("the question is no JSON");
    }
    if (!json.path("schema").asString("").equals(SCHEMA)) {
      throw new MalformedException("the question is not of the schema " + SCHEMA);
    }
    String ask = json.path("ask").asString("");
    return switch (ask) {
      case "status" -> new Status();
      case "table" -> new Table();
      case "values" -> new Values();
      case "show" -> new Show(Bytes.fromHex(json.path("key_hex").asString("")));
      default -> throw new MalformedException("unknown question " + MalformedException.quote(ask));
    };
  }
}
