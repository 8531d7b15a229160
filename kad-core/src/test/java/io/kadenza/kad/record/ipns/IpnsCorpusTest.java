package io.kadenza.kad.record.ipns;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Records that are good, or bad in one way each, with the verdict that each has to get. Those of
/// boxo and js on the same records are compared by `interop/run --ipns-corpus`.
class IpnsCorpusTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static List<String> corpus() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(IpnsCorpusTest.class.getResourceAsStream("corpus.tsv"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void t34EveryRecordOfTheCorpusGetsItsVerdict() throws IOException {
    List<String> corpus = corpus();
    assertThat(corpus).hasSizeGreaterThan(200);
    for (String line : corpus) {
      String[] fields = line.split("\t", -1);
      var key = new IpnsName(PeerId.parse(fields[2])).key();
      var verdict = new IpnsValidator().validate(key, Bytes.fromHex(fields[3]), NOW);
      assertThat(verdict.isValid() ? "valid" : "invalid")
          .as(fields[0] + ": " + verdict)
          .isEqualTo(fields[1]);
    }
  }

  @Test
  void whatIsValidCanBeSelectedFrom() throws IOException {
    for (String line : corpus()) {
      String[] fields = line.split("\t", -1);
      if (fields[1].equals("valid")) {
        var key = new IpnsName(PeerId.parse(fields[2])).key();
        Bytes record = Bytes.fromHex(fields[3]);
        assertThat(new IpnsValidator().select(key, List.of(record, record))).isZero();
      }
    }
  }
}
