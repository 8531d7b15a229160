package io.kadenza.kad.record.ipns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.crypto.KeyType;
import io.kadenza.crypto.PrivateKey;
import io.kadenza.kad.record.MemoryRecordStore;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.record.RecordLimits;
import io.kadenza.kad.record.Sender;
import io.kadenza.kad.record.Verdict;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.wire.ProtoWriter;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpnsValidatorTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofHours(48));
  private static final Duration TTL = Duration.ofMinutes(5);
  private static final Bytes VALUE = Bytes.utf8("/ipfs/bafkqaddwgevxmmraojswg33smq");

  private final IpnsValidator validator = new IpnsValidator();
  private final PrivateKey owner = PrivateKey.generate(KeyType.ED25519);
  private final PeerId name = owner.publicKey().peerId();
  private final Bytes key = new IpnsName(name).key();

  private IpnsRecord record(long sequence, Instant expires) {
    return IpnsRecord.sign(owner, VALUE, sequence, expires, TTL);
  }

  /// The test vectors of the specification, "Test Vectors" 1 to 6.
  @ParameterizedTest
  @CsvSource({
    "v1_only, k51qzi5uqu5dm4tm0wt8srkg9h9suud4wuiwjimndrkydqm81cqtlb5ak6p7ku, false",
    "v1_v2_valid, k51qzi5uqu5dlkw8pxuw9qmqayfdeh4kfebhmreauqdc6a7c3y7d5i9fi8mk9w, true",
    "v1_v2_broken_v1_value, k51qzi5uqu5dlmit2tuwdvnx4sbnyqgmvbxftl0eo3f33wwtb9gr7yozae9kpw, false",
    "v1_v2_broken_sig_v2, k51qzi5uqu5diamp7qnnvs1p1gzmku3eijkeijs3418j23j077zrkok63xdm8c, false",
    "v1_v2_broken_sig_v1, k51qzi5uqu5dilgf7gorsh9vcqqq4myo6jd4zmqkuy9pxyxi5fua3uf7axph4y, true",
    "v2_only, k51qzi5uqu5dit2ku9mutlfgwyz8u730on38kd10m97m36bjt66my99hb6103f, true",
  })
  void theVectorsOfTheSpecGetTheirVerdicts(String file, String vectorName, boolean valid)
      throws IOException {
    PeerId peer = PeerId.parse(vectorName);
    Verdict verdict = validator.validate(new IpnsName(peer).key(), vector(file), NOW);
    assertThat(verdict.isValid()).as("%s", verdict).isEqualTo(valid);
  }

  @Test
  void theVectorsPointWhereTheSpecSays() throws IOException {
    PeerId peer = PeerId.parse("k51qzi5uqu5dlkw8pxuw9qmqayfdeh4kfebhmreauqdc6a7c3y7d5i9fi8mk9w");
    assertThat(IpnsRecord.read(peer, vector("v1_v2_valid")).value()).isEqualTo(VALUE);
  }

  private static Bytes vector(String file) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            IpnsValidatorTest.class.getResourceAsStream(file + ".ipns-record"))) {
      return Bytes.wrap(in.readAllBytes());
    }
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void whatWeSignIsValidUntilItsEnd(KeyType type) {
    PrivateKey signer = PrivateKey.generate(type);
    PeerId peer = signer.publicKey().peerId();
    IpnsRecord made = IpnsRecord.sign(signer, VALUE, 7, LATER, TTL);
    assertThat(validator.validate(new IpnsName(peer).key(), made.bytes(), NOW))
        .isEqualTo(Verdict.validUntil(LATER));
    assertThat(validator.validate(new IpnsName(peer).key(), made.bytes(), LATER).isValid())
        .isFalse();
    IpnsRecord read = IpnsRecord.read(peer, made.bytes());
    assertThat(read.value()).isEqualTo(VALUE);
    assertThat(read.sequence()).isEqualTo(7);
    assertThat(read.expires()).isEqualTo(LATER);
    assertThat(read.ttl()).isEqualTo(TTL);
  }

  @Test
  void t34AnotherNamesRecordIsInvalid() {
    PeerId other = PrivateKey.generate(KeyType.ED25519).publicKey().peerId();
    assertThat(
            validator.validate(new IpnsName(other).key(), record(1, LATER).bytes(), NOW).isValid())
        .isFalse();
    Bytes withForeignKey =
        new ProtoWriter()
            .raw(record(1, LATER).bytes())
            .bytes(7, owner.publicKey().protobuf())
            .toBytes();
    assertThat(validator.validate(new IpnsName(other).key(), withForeignKey, NOW).isValid())
        .isFalse();
    assertThat(validator.validate(key, withForeignKey, NOW).isValid()).isTrue();
  }

  @Test
  void t34ANameThatIsAHashNeedsThePublicKeyInTheRecord() {
    PrivateKey signer = PrivateKey.generate(KeyType.ECDSA);
    PeerId peer = signer.publicKey().peerId();
    IpnsRecord made = IpnsRecord.sign(signer, VALUE, 7, LATER, TTL);
    var entry = IpnsEntry.read(made.bytes());
    var without = new IpnsEntry(Bytes.EMPTY, entry.signatureV2(), entry.document()).write();
    assertThat(validator.validate(new IpnsName(peer).key(), made.bytes(), NOW).isValid()).isTrue();
    assertThat(validator.validate(new IpnsName(peer).key(), without, NOW).isValid()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void oldReadersFindTheFirstVersionBesideTheSecond(KeyType type) {
    PrivateKey signer = PrivateKey.generate(type);
    var entry = IpnsEntry.read(IpnsRecord.sign(signer, VALUE, 7, LATER, TTL).bytes());
    assertThat(entry.value()).isEqualTo(VALUE);
    assertThat(entry.validityType()).isZero();
    assertThat(entry.validity()).isEqualTo(Bytes.utf8("2026-01-03T00:00:00.000000000Z"));
    assertThat(entry.sequence()).isEqualTo(7);
    assertThat(entry.ttl()).isEqualTo(TTL.toNanos());
    byte[] signed = Bytes.utf8(VALUE.utf8() + entry.validity().utf8() + "EOL").toArray();
    assertThat(signer.publicKey().verify(signed, entry.signatureV1().toArray())).isTrue();
  }

  @Test
  void theSecondVersionAloneHasNothingOfTheFirst() {
    IpnsRecord made = IpnsRecord.sign(owner, VALUE, 7, LATER, TTL, IpnsRecord.Form.V2_ONLY);
    var entry = IpnsEntry.read(made.bytes());
    assertThat(entry.hasFirstVersion()).isFalse();
    assertThat(entry.write()).isEqualTo(made.bytes());
    assertThat(validator.validate(key, made.bytes(), NOW)).isEqualTo(Verdict.validUntil(LATER));
  }

  @Test
  void whatNobodyCouldReadIsNotSigned() {
    Bytes tooLong = Bytes.wrap(new byte[5_200]);
    assertThatThrownBy(() -> IpnsRecord.sign(owner, tooLong, 1, LATER, TTL))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> IpnsRecord.sign(owner, VALUE, 1, LATER, TTL.negated()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> IpnsRecord.sign(owner, VALUE, 1, Instant.MAX, TTL))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void t34MoreThanTenKibibytesAreRefused() {
    Bytes padded =
        new ProtoWriter().raw(record(1, LATER).bytes()).bytes(100, new byte[10 << 10]).toBytes();
    assertThat(validator.validate(key, padded, NOW).isValid()).isFalse();
  }

  @Test
  void t34AFirstVersionThatDiffersIsRefused() {
    IpnsRecord made = IpnsRecord.sign(owner, VALUE, 3, LATER, TTL, IpnsRecord.Form.V2_ONLY);
    Bytes validity = Rfc3339.print(LATER);
    for (long sequence : new long[] {3, 4}) {
      Bytes both =
          new ProtoWriter()
              .raw(made.bytes())
              .bytes(1, VALUE)
              .bytes(4, validity)
              .varint(5, sequence)
              .varint(6, TTL.toNanos())
              .toBytes();
      assertThat(validator.validate(key, both, NOW).isValid()).isEqualTo(sequence == 3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/ipns", "/ipns/", "/ipns/x", "/pk/x", "ipns/x"})
  void keysThatNameNobodyAreInvalid(String text) {
    assertThat(validator.validate(Bytes.utf8(text), record(1, LATER).bytes(), NOW).isValid())
        .isFalse();
  }

  @Test
  void theHigherSequenceIsTheBetterRecord() {
    Bytes old = record(1, LATER.plusSeconds(10)).bytes();
    Bytes fresh = record(2, LATER).bytes();
    Bytes last = record(-1, LATER).bytes();
    assertThat(validator.select(key, List.of(old, fresh))).isEqualTo(1);
    assertThat(validator.select(key, List.of(fresh, old))).isZero();
    assertThat(validator.select(key, List.of(fresh, last, old))).isEqualTo(1);
  }

  @Test
  void ofEqualSequencesTheLaterEndIsBetterAndThenTheBytesDecide() {
    Bytes sooner = record(1, LATER).bytes();
    Bytes later = record(1, LATER.plusNanos(1)).bytes();
    assertThat(validator.select(key, List.of(sooner, later))).isEqualTo(1);
    Bytes twin = IpnsRecord.sign(owner, Bytes.utf8("/ipfs/other"), 1, LATER, TTL).bytes();
    int greater = twin.compareTo(sooner) > 0 ? 1 : 0;
    assertThat(validator.select(key, List.of(sooner, twin))).isEqualTo(greater);
    assertThat(validator.select(key, List.of(twin, sooner))).isEqualTo(1 - greater);
    assertThat(validator.select(key, List.of(sooner, sooner))).isZero();
  }

  @Test
  void aStoreKeepsARecordNoLongerThanItIsValid() {
    var store = new MemoryRecordStore(RecordLimits.DEFAULT);
    Bytes value = record(1, NOW.plusSeconds(60)).bytes();
    store.put(new Record(key, value), Sender.of(name), NOW, NOW.plusSeconds(60));
    assertThat(store.get(key, NOW.plusSeconds(59))).isPresent();
    assertThat(store.get(key, NOW.plusSeconds(60))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-01",
        "2026-01-01T00:00:00",
        "2026-13-01T00:00:00Z",
        "2026-02-30T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:00:60Z",
        "+10000-01-01T00:00:00Z",
        "2026-01-01t00:00:00z",
        "2026-01-01T00:00:00.1234567890Z",
        "",
      })
  void t34TimesOfAnotherFormAreMalformed(String text) {
    assertThatThrownBy(() -> Rfc3339.parse(Bytes.utf8(text)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void timesHaveNanosecondsAndMayHaveAnOffset() {
    assertThat(Rfc3339.parse(Bytes.utf8("1970-01-01T00:00:00.000000001Z")))
        .isEqualTo(Instant.EPOCH.plusNanos(1));
    assertThat(Rfc3339.parse(Bytes.utf8("9999-12-31T23:59:59+01:00")))
        .isEqualTo(Instant.parse("9999-12-31T22:59:59Z"));
  }
}
