package io.kadenza.kad.record.ipns;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kadenza.kad.record.Verdict;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.PeerId;
import java.time.Instant;

class IpnsFuzzTest {
  private static final PeerId NAME =
      PeerId.parse("k51qzi5uqu5dit2ku9mutlfgwyz8u730on38kd10m97m36bjt66my99hb6103f");

  @FuzzTest
  void records(byte[] record) {
    Verdict verdict =
        new IpnsValidator()
            .validate(
                new IpnsName(NAME).key(), Bytes.of(record), Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(verdict).isNotNull();
  }

  @FuzzTest
  void documents(byte[] document) {
    IpnsData data;
    try {
      data = IpnsData.read(Bytes.of(document));
    } catch (MalformedException expected) {
      return;
    }
    assertThat(IpnsData.read(data.write())).isEqualTo(data);
  }
}
