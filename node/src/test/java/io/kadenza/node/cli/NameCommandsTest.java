package io.kadenza.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyFile;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.EventStream;
import io.kadenza.kad.Network;
import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.kad.record.ipns.IpnsName;
import io.kadenza.kad.record.ipns.IpnsRecord;
import io.kadenza.multiformats.Bytes;
import io.kadenza.node.Node;
import io.kadenza.node.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kad name` against one server on loopback, whose address it finds in the address file.
class NameCommandsTest {
  private static final String PATH =
      "/ipfs/bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy";
  private static final Instant END = Instant.now().plus(Duration.ofHours(1));

  @TempDir static Path directory;
  private static Node server;

  @BeforeAll
  static void startServer() {
    server = LocalNode.server(directory);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  /// A new identity in a file of that name.
  private static Identity identity(String file) {
    return KeyFile.loadOrCreate(directory.resolve(file), KeyType.ED25519);
  }

  private static Bytes record(Identity owner, long sequence) {
    return IpnsRecord.sign(
            owner.privateKey(), Bytes.utf8(PATH), sequence, END, Duration.ofMinutes(90))
        .bytes();
  }

  @Test
  void publishesResolvesAndPublishesAgain() {
    String name = new IpnsName(identity("a.key").peerId()).toString();
    var first = new Session(directory);
    var second = new Session(directory);
    var resolve = new Session(directory);
    var asJson = new Session(directory);

    assertThat(first.run("name", "publish", PATH, "--identity", "a.key"))
        .as(first.err())
        .isEqualTo(0);
    assertThat(second.run("name", "publish", PATH + "/b", "--identity", "a.key", "--json"))
        .as(second.err())
        .isEqualTo(0);
    assertThat(resolve.run("name", "resolve", name)).as(resolve.err()).isEqualTo(0);
    assertThat(asJson.run("name", "resolve", "/ipns/" + name, "--json")).isEqualTo(0);

    assertThat(first.out())
        .isEqualTo("/ipns/" + name + " points at " + PATH + " (version 1, 1 peer)\n");
    assertThat(second.json().path("schema").asString()).isEqualTo("kad.name.publish/v1");
    assertThat(second.json().path("sequence").asString()).isEqualTo("2");
    assertThat(second.json().path("copies").asInt()).isEqualTo(1);
    assertThat(resolve.out()).isEqualTo(PATH + "/b\n");
    assertThat(asJson.json().path("schema").asString()).isEqualTo("kad.name.resolve/v1");
    assertThat(asJson.json().path("value").asString()).isEqualTo(PATH + "/b");
    assertThat(asJson.json().path("names").path(0).asString()).isEqualTo(name);
    assertThat(asJson.json().path("answers").asInt()).isEqualTo(1);
  }

  @Test
  void aRecordInAFileIsStoredAndFetchedAndInspected() throws IOException {
    Identity owner = identity("b.key");
    String name = new IpnsName(owner.peerId()).toString();
    Files.write(directory.resolve("b.record"), record(owner, 7).toArray());
    var put = new Session(directory);
    var old = new Session(directory);
    var get = new Session(directory);
    var local = new Session(directory);
    var remote = new Session(directory);

    assertThat(put.run("put", "/ipns/" + owner.peerId(), "--file", "b.record"))
        .as(put.err())
        .isEqualTo(0);
    int stale = old.run("name", "publish", PATH, "--identity", "b.key", "--sequence", "6");
    assertThat(get.run("get", "/ipns/" + name, "--json")).isEqualTo(0);
    assertThat(local.run("name", "inspect", "b.record", "--verify", name, "--dump")).isEqualTo(0);
    assertThat(remote.run("name", "inspect", name, "--json")).isEqualTo(0);

    assertThat(stale).isEqualTo(6);
    assertThat(old.err())
        .contains("nobody stored version 6", ": refused by 1 peer; peers may have a newer one");
    assertThat(get.json().path("value_base64").binaryValue()).isEqualTo(record(owner, 7).toArray());
    assertThat(local.lines())
        .contains(
            "name:       " + name,
            "value:      " + PATH,
            "sequence:   7",
            "ttl:        1h30m",
            "signatures: v1, v2",
            "public key: not in the record",
            "verdict:    valid")
        .anyMatch(line -> line.startsWith("00000000  0a 41 2f 69 70 66 73 "));
    assertThat(remote.json().path("schema").asString()).isEqualTo("kad.name.inspect/v1");
    assertThat(remote.json().path("valid").asBoolean()).isTrue();
    assertThat(remote.json().path("ttl_ns").asString()).isEqualTo("5400000000000");
    assertThat(remote.json().path("signatures").toString()).isEqualTo("[\"v1\",\"v2\"]");
  }

  @Test
  void aRecordIsWrittenToAFileAndBothVersionsAreAChoice() {
    identity("c.key");
    var publish = new Session(directory);
    var inspect = new Session(directory);

    int exit =
        publish.run(
            "name",
            "publish",
            PATH.substring(6),
            "--identity",
            "c.key",
            "--v2-only",
            "--out",
            "c.record",
            "--lifetime",
            "1h",
            "--ttl",
            "30s");
    assertThat(exit).as(publish.err()).isEqualTo(0);
    assertThat(inspect.run("name", "inspect", "c.record")).isEqualTo(0);

    assertThat(inspect.lines())
        .contains("value:      " + PATH, "ttl:        30s", "signatures: v2")
        .contains("verdict:    not checked; --verify NAME does it");
  }

  @Test
  void aRecordMaySayNothingOfHowLongToKeepIt() {
    identity("h.key");
    var publish = new Session(directory);
    var inspect = new Session(directory);

    int exit =
        publish.run(
            "name", "publish", PATH, "--identity", "h.key", "--out", "h.record", "--ttl", "0s");
    assertThat(exit).as(publish.err()).isEqualTo(0);
    assertThat(inspect.run("name", "inspect", "h.record")).isEqualTo(0);

    assertThat(inspect.lines()).contains("ttl:        none");
  }

  @Test
  void saysWhatIsWrongWithARecord() throws IOException {
    Identity owner = identity("d.key");
    Identity other = identity("e.key");
    Files.write(directory.resolve("d.record"), record(owner, 1).toArray());
    Files.writeString(directory.resolve("none.record"), "no record");
    var foreign = new Session(directory);
    var none = new Session(directory);
    var put = new Session(directory);

    int verdict =
        foreign.run("name", "inspect", "d.record", "--verify", other.peerId().toString(), "--json");
    assertThat(none.run("name", "inspect", "none.record")).isEqualTo(6);
    assertThat(put.run("put", "/ipns/" + other.peerId(), "--file", "d.record")).isEqualTo(6);

    assertThat(verdict).isEqualTo(6);
    assertThat(foreign.json().path("valid").asBoolean()).isFalse();
    assertThat(foreign.json().path("reason").asString()).contains("not signed by its name");
    assertThat(none.err()).contains("not an IPNS record");
    assertThat(put.err()).contains("the record is invalid");
  }

  @Test
  void saysWhyARecordCannotBeWritten() {
    identity("w.key");
    var publish = new Session(directory);

    assertThat(publish.run("name", "publish", PATH, "--identity", "w.key", "--out", "no/w.record"))
        .isEqualTo(2);
    assertThat(publish.err())
        .startsWith("kad: stored at 1 peer, but cannot write no/w.record (there is no ")
        .doesNotContain("Exception");
  }

  /// As of `kad get … | kad name inspect -` that found nothing: no bytes are a protobuf message.
  @Test
  void saysThatNothingIsNoRecord() {
    var session = new Session(directory);

    assertThat(session.run("name", "inspect", "-")).isEqualTo(6);
    assertThat(session.out()).isEmpty();
    assertThat(session.err()).contains("not an IPNS record");
  }

  @Test
  void whoStaysPublishesAgainBeforeTheRecordEnds() throws InterruptedException {
    Bytes key = new IpnsName(identity("i.key").peerId()).key();
    String[] command = {
      "name", "publish", PATH, "--identity", "i.key", "--lifetime", "4500ms", "--stay"
    };
    var session = new Session(directory);
    try (var events = server.dht().events(1_024);
        var _ = session.start(command)) {
      IpnsRecord first = stored(events, key);
      IpnsRecord again = stored(events, key);

      assertThat(again.expires()).isAfter(first.expires());
      assertThat(again.sequence()).isEqualTo(first.sequence());
      assertThat(again.value()).isEqualTo(Bytes.utf8(PATH));
    }
    assertThat(session.exitCode()).isEqualTo(130);
    assertThat(session.err()).contains("publishing until Ctrl-C");
  }

  /// Waits until the server is sent a record.
  private static IpnsRecord stored(EventStream<EngineEvent> events, Bytes key)
      throws InterruptedException {
    while (true) {
      EngineEvent event = events.next(Duration.ofSeconds(30)).orElseThrow();
      if (event instanceof EngineEvent.RecordStored stored && stored.key().equals(key)) {
        return IpnsRecord.read(IpnsName.ofKey(key).owner(), held(key));
      }
    }
  }

  private static Bytes held(Bytes key) {
    return server.dht().heldValue(key).orElseThrow().record().value();
  }

  @Test
  void whoReadsCorrectsAStaleServerBeforeItLeaves() {
    Identity owner = identity("h.key");
    Bytes key = new IpnsName(owner.peerId()).key();
    Bytes newest = record(owner, 2);
    server.dht().put(key, record(owner, 1), Duration.ofSeconds(20));
    try (var other = LocalNode.of(Network.LOCAL, Part.SERVER)) {
      other.dht().put(key, newest, Duration.ofSeconds(20));
      var resolve = new Session(directory);

      int exit =
          resolve.run(
              "name",
              "resolve",
              owner.peerId().toString(),
              "--bootstrap",
              server.addresses().getFirst().toString(),
              "--bootstrap",
              other.addresses().getFirst().toString());

      assertThat(exit).as(resolve.err()).isEqualTo(0);
      assertThat(held(key)).isEqualTo(newest);
    }
  }

  @Test
  void saysNotFound() {
    String name = new IpnsName(identity("f.key").peerId()).toString();
    var resolve = new Session(directory);
    var inspect = new Session(directory);

    assertThat(resolve.run("name", "resolve", name)).isEqualTo(3);
    assertThat(inspect.run("name", "inspect", name)).isEqualTo(3);

    assertThat(resolve.out()).isEmpty();
    assertThat(resolve.err()).contains("no record found of /ipns/" + name);
  }

  @Test
  void refusesWhatItCannotUse() {
    var noIdentity = new Session(directory);
    var noPath = new Session(directory);
    var noName = new Session(directory);
    var noRecord = new Session(directory);
    var noVersion = new Session(directory);
    var noVerb = new Session(directory);
    var twoValues = new Session(directory);

    assertThat(noIdentity.run("name", "publish", PATH)).isEqualTo(2);
    assertThat(noPath.run("name", "publish", "hello", "--identity", "g.key")).isEqualTo(2);
    assertThat(noName.run("name", "resolve", "ipfs.tech")).isEqualTo(2);
    assertThat(noRecord.run("name", "inspect", "absent")).isEqualTo(2);
    assertThat(noVersion.run("name", "publish", PATH, "--identity", "g.key", "--sequence", "x"))
        .isEqualTo(2);
    assertThat(noVerb.run("name")).isEqualTo(2);
    assertThat(twoValues.run("put", "/v/x", "y", "--file", "z")).isEqualTo(2);

    assertThat(noIdentity.err()).contains("--identity FILE");
    assertThat(noName.err()).contains("DNSLink is not resolved");
    assertThat(noRecord.err()).contains("neither a file nor a name");
  }
}
