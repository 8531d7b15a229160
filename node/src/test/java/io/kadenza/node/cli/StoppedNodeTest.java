package io.kadenza.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `kad records` of a node that is stopped.
class StoppedNodeTest {

  @TempDir private Path directory;

  private Session session(int exit, String... args) {
    var session = new Session(directory);
    assertThat(session.run(args)).as(session.err()).isEqualTo(exit);
    return session;
  }

  /// What does not grow older between two looks.
  private static Stream<List<String>> lasting(Session records) {
    return records.lines().stream()
        .map(new JsonMapper()::readTree)
        .map(line ->
            Stream.of("schema", "key", "size", "from", "own", "expires", "id", "values", "addrs")
                .map(line::path)
                .map(JsonNode::toString)
                .toList());
  }

  @Test
  void showsWhatTheNodeHeldWhenItRan() throws Exception {
    List<List<String>> listed;
    List<List<String>> shown;
    List<List<String>> provided;
    try (Session _ = Session.ofNode(directory, "--data", "kept")) {
      session(0, "put", "/v/insight", "a value");
      session(0, "provide", "some content");
      listed = lasting(session(0, "records", "ls", "--data", "kept", "--json")).toList();
      shown =
          lasting(session(0, "records", "show", "/v/insight", "--data", "kept", "--json")).toList();
      provided =
          lasting(session(0, "records", "show", "some content", "--data", "kept", "--json"))
              .toList();
    }

    Session later = session(0, "records", "ls", "--data", "kept", "--json");

    assertThat(later.err()).isEmpty();
    assertThat(lasting(later)).containsExactlyElementsOf(listed).hasSizeGreaterThan(2);
    assertThat(later.out()).contains("\"own\":true", "\"own\":false", "\"provider_records\":2");
    assertThat(lasting(session(0, "records", "show", "/v/insight", "--data", "kept", "--json")))
        .containsExactlyElementsOf(shown);
    assertThat(lasting(session(0, "records", "show", "some content", "--data", "kept", "--json")))
        .containsExactlyElementsOf(provided)
        .isNotEmpty();
    assertThat(session(0, "records", "ls", "--data", "kept").lines().getLast())
        .isEqualTo("2 values, 2 provider records");
    assertThat(session(3, "records", "show", "/v/nowhere", "--data", "kept").err())
        .contains("the node holds nothing under \"/v/nowhere\"");
  }

  @Test
  void aNodeThatRunsElsewhereIsNotReadBehindItsBack() throws Exception {
    try (Session _ = Session.ofNode(directory, "--data", "kept", "--control", "other.sock")) {
      assertThat(session(2, "records", "ls", "--data", "kept").err().lines())
          .singleElement()
          .asString()
          .contains("a node that runs has " + directory.resolve("kept"), "--control PATH");
      session(0, "records", "ls", "--data", "kept", "--control", "other.sock");
    }
  }

  @Test
  void whatIsNoDataDirectoryIsNamedAndNotMade() throws Exception {
    assertThat(session(2, "records", "ls", "--data", "nowhere").err())
        .contains(directory.resolve("nowhere") + " is no data directory");
    assertThat(directory.resolve("nowhere")).doesNotExist();
  }

  @Test
  void aDatabaseThatIsNoneIsNamedAndLeftAsItIs() throws Exception {
    Path file = Files.createDirectory(directory.resolve("kept")).resolve("kad.db");
    Files.writeString(file, "x".repeat(5_000));

    assertThat(session(2, "records", "ls", "--data", "kept").err())
        .contains(file + " is damaged; start the node once");

    assertThat(Files.readString(file)).isEqualTo("x".repeat(5_000));
  }
}
