package io.kadenza.node.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.node.terminal.ResultStream;
import io.kadenza.node.terminal.Terminal;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Two peers that the test commands as `interop/run` would.
class InteropPeerTest {
  private static final String CID = "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy";

  @Test
  void doesWhatTheDriverAsks() throws Exception {
    try (var a = new Driven();
        var b = new Driven()) {
      String bId = b.ready.path("id").asString();
      a.ok("'verb':'connect','addr':'" + b.ready.path("addrs").path(0).asString() + "'");
      assertThat(a.ok("'verb':'identify','peer':'" + bId + "'").path("protocols").toString())
          .contains("/ipfs/kad/1.0.0", "/meshsub/1.1.0");
      assertThat(a.ok("'verb':'ping','peer':'" + bId + "','count':2").path("rtts_ms").size())
          .isEqualTo(2);
      a.ok("'verb':'routing','peer':'" + bId + "'");
      b.ok("'verb':'routing','peer':'" + a.ready.path("id").asString() + "'");
      a.ok("'verb':'put','key':'/v/x','value':'one'");
      assertThat(b.ok("'verb':'get','key':'/v/x'").path("value").asString()).isEqualTo("one");
      JsonNode signed = a.ok("'verb':'name-sign','value':'/ipfs/x','sequence':1");
      String name = "'name':'" + signed.path("name").asString() + "'";
      String record = "'record':'" + signed.path("record").asString() + "'";
      a.ok("'verb':'name-put'," + name + "," + record);
      assertThat(b.ok("'verb':'name-get'," + name).path("record")).isEqualTo(signed.path("record"));
      assertThat(b.ok("'verb':'name-check'," + name + "," + record).path("valid").asBoolean())
          .isTrue();
      assertThat(
              b.ok("'verb':'name-check','name':'" + bId + "'," + record).path("valid").asBoolean())
          .isFalse();
      a.ok("'verb':'provide','cid':'" + CID + "'");
      assertThat(
              b.ok("'verb':'findprovs','cid':'" + CID + "','count':1").path("providers").toString())
          .contains(a.ready.path("id").asString());
      assertThat(
              a.ok("'verb':'findnode','peer':'" + bId + "','key_peer':'" + bId + "'")
                  .path("peers")
                  .toString())
          .contains(bId);
      for (Driven each : new Driven[] {a, b}) {
        each.ok("'verb':'subscribe','topic':'t'");
      }
      a.ok("'verb':'mesh','topic':'t'");
      a.ok("'verb':'publish','topic':'t','data':'hi'");
      assertThat(b.ok("'verb':'messages','topic':'t','min':1").path("messages").toString())
          .contains("\"data\":\"hi\"", a.ready.path("id").asString());
      assertThat(b.ok("'verb':'peers'").path("peers").size()).isEqualTo(1);
      assertThat(b.ok("'verb':'stats'").path("cpu_s").asDouble()).isPositive();
    }
  }

  @Test
  void answersWhatItCannotDo() throws Exception {
    try (var peer = new Driven()) {
      assertThat(peer.ask("'verb':'dance'").path("ok").asBoolean()).isFalse();
      assertThat(peer.ask("'verb':'connect'").path("error").asString()).contains("addr");
      assertThat(peer.ask("'verb':'get','key':'/v/absent','timeout_ms':500").path("ok").asBoolean())
          .isFalse();
    }
  }

  @Test
  void servesTheProtocolThatItWasTold() throws Exception {
    try (var lan = new Driven(KadConfig.LAN);
        var usual = new Driven()) {
      usual.ok("'verb':'connect','addr':'" + lan.ready.path("addrs").path(0).asString() + "'");
      var told = usual.ok("'verb':'identify','peer':'" + lan.ready.path("id").asString() + "'");

      assertThat(told.path("protocols").toString())
          .contains("\"" + KadConfig.LAN + "\"")
          .doesNotContain("\"" + KadConfig.AMINO + "\"");
    }
  }

  /// A peer with pipes for its standard streams.
  private static final class Driven implements AutoCloseable {
    private final PrintStream requests;
    private final BufferedReader answers;
    final JsonNode ready;
    private int number;

    Driven() throws IOException {
      this(KadConfig.AMINO);
    }

    Driven(String protocol) throws IOException {
      var in = new PipedInputStream(1 << 16);
      var out = new PipedInputStream(1 << 16);
      requests = new PrintStream(new PipedOutputStream(in), true, StandardCharsets.UTF_8);
      var terminal =
          new Terminal(
              new ResultStream(new PipedOutputStream(out)),
              new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
              in,
              Map.of(),
              Path.of(""),
              false,
              false);
      answers = new BufferedReader(new InputStreamReader(out, StandardCharsets.UTF_8));
      Thread.ofPlatform()
          .start(() -> {
            try (var peer =
                InteropPeer.start(Identity.generate(KeyType.ED25519), protocol, "test")) {
              peer.serve(terminal);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      ready = read();
    }

    private JsonNode read() throws IOException {
      return new JsonMapper().readTree(answers.readLine());
    }

    JsonNode ask(String fields) throws IOException {
      requests.println(("{'n':" + ++number + "," + fields + "}").replace('\'', '"'));
      JsonNode answer = read();
      assertThat(answer.path("n").asInt()).isEqualTo(number);
      return answer;
    }

    JsonNode ok(String fields) throws IOException {
      JsonNode answer = ask(fields);
      assertThat(answer.path("ok").asBoolean()).as(answer.toString()).isTrue();
      return answer;
    }

    @Override
    public void close() throws IOException {
      ask("'verb':'quit'");
      requests.close();
    }
  }
}
