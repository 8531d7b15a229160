package io.kadenza.kad.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.KeyType;
import io.kadenza.crypto.PrivateKey;
import io.kadenza.kad.record.ipns.IpnsName;
import io.kadenza.kad.record.ipns.IpnsRecord;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SeenNamesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration TTL = Duration.ofMinutes(5);

  private final PrivateKey owner = PrivateKey.generate(KeyType.ED25519);
  private final IpnsName name = new IpnsName(owner.publicKey().peerId());
  private final SeenNames seen = new SeenNames();

  private IpnsRecord record(long sequence, Duration lifetime) {
    return record(sequence, lifetime, TTL);
  }

  private IpnsRecord record(long sequence, Duration lifetime, Duration ttl) {
    return IpnsRecord.sign(owner, Bytes.utf8("/ipfs/x"), sequence, NOW.plus(lifetime), ttl);
  }

  @Test
  void aRecordIsFreshForItsTtl() {
    IpnsRecord record = record(1, Duration.ofHours(1));
    assertThat(seen.fresh(name, NOW)).isEmpty();

    assertThat(seen.admit(name, record, NOW)).contains(record);

    assertThat(seen.fresh(name, NOW)).contains(record);
    assertThat(seen.fresh(name, NOW.plus(TTL).minusNanos(1))).contains(record);
    assertThat(seen.fresh(name, NOW.plus(TTL))).isEmpty();
  }

  @Test
  void aRecordIsNotFreshBeyondItsEnd() {
    IpnsRecord record = record(1, Duration.ofMinutes(1), Duration.ofDays(100_000));
    seen.admit(name, record, NOW);
    assertThat(seen.fresh(name, NOW.plusSeconds(59))).contains(record);
    assertThat(seen.fresh(name, NOW.plusSeconds(60))).isEmpty();
  }

  @Test
  void withoutATtlNothingIsFresh() {
    seen.admit(name, record(1, Duration.ofHours(1), Duration.ZERO), NOW);
    assertThat(seen.fresh(name, NOW)).isEmpty();
  }

  @Test
  void aClockThatIsSetBackMakesNothingFresh() {
    seen.admit(name, record(1, Duration.ofHours(1)), NOW);
    assertThat(seen.fresh(name, NOW.minusSeconds(1))).isEmpty();
  }

  @Test
  void a10AnOlderRecordDoesNotReplaceANewerOneThatIsValid() {
    IpnsRecord newer = record(2, Duration.ofHours(1));
    seen.admit(name, newer, NOW);
    Instant later = NOW.plus(Duration.ofMinutes(59));
    assertThat(seen.admit(name, record(1, Duration.ofDays(9)), later)).contains(newer);
    assertThat(seen.best(name)).contains(newer);
  }

  @Test
  void a10AnOlderRecordIsNotBelievedEvenWhenTheNewerOneHasExpired() {
    IpnsRecord newer = record(2, Duration.ofHours(1));
    seen.admit(name, newer, NOW);
    Instant later = NOW.plus(Duration.ofHours(1));
    assertThat(seen.admit(name, record(1, Duration.ofDays(9)), later)).isEmpty();
    assertThat(seen.best(name)).contains(newer);
    IpnsRecord renewed = record(2, Duration.ofDays(9));
    assertThat(seen.admit(name, renewed, later)).contains(renewed);
  }

  @Test
  void sequencesAreComparedWithoutASign() {
    IpnsRecord last = record(-1, Duration.ofHours(1));
    seen.admit(name, last, NOW);
    assertThat(seen.admit(name, record(Long.MAX_VALUE, Duration.ofHours(2)), NOW)).contains(last);
  }

  @Test
  void ofMoreNamesThanThereIsRoomForTheEldestAreForgotten() {
    IpnsRecord record = record(1, Duration.ofHours(1));
    seen.admit(name, record, NOW);
    for (int i = 0; i < 1_024; i++) {
      PeerId other = PeerId.ofPublicKey(new byte[] {(byte) i, (byte) (i >> 8)});
      seen.admit(new IpnsName(other), record, NOW);
    }
    assertThat(seen.best(name)).isEmpty();
  }
}
