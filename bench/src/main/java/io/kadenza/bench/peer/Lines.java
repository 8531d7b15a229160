package io.kadenza.bench.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// How the programs are talked to: each line of standard input is answered with one line.
final class Lines {
  private static final JsonMapper JSON = JsonMapper.shared();

  /// Does what a request asks for.
  @FunctionalInterface
  interface Answer {
    ObjectNode to(JsonNode request) throws InterruptedException;
  }

  private Lines() {}

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /// Says that the program is ready, then answers until there is nothing more. A request that fails
  /// is answered with the reason.
  static void serve(ObjectNode ready, Answer answer) throws IOException, InterruptedException {
    var out = new PrintStream(System.out, true, UTF_8);
    ready.put("event", "ready").put("impl", "kadenza");
    out.println(JSON.writeValueAsString(ready));
    var in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      ObjectNode reply;
      try {
        reply = answer.to(JSON.readTree(line));
      } catch (RuntimeException e) {
        reply = object().put("error", e.toString());
      }
      out.println(JSON.writeValueAsString(reply));
    }
  }

  static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    list.forEach(node -> texts.add(node.asString()));
    return texts;
  }
}
