package io.kadenza.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidTest {
  private static final String V0 = "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N";

  @Test
  void theSpecificationsExampleHasTheseParts() {
    Cid cid = Cid.parse("zb2rhe5P4gXftAwvA4eXQ5HJwsER2owDyS9sKaQRRVQPn93bA");

    assertThat(cid.version()).isEqualTo(1);
    assertThat(cid.codec()).isEqualTo(Cid.RAW);
    assertThat(cid.multihash())
        .hasToString("12206e6ff7950a36187a801613426e858dce686cd7d7e3c0fc42ee0330072d245c95");
    assertThat(cid.toString(Multibase.BASE58_BTC))
        .isEqualTo("zb2rhe5P4gXftAwvA4eXQ5HJwsER2owDyS9sKaQRRVQPn93bA");
  }

  @Test
  void versionZeroIsABareMultihash() {
    Cid cid = Cid.parse(V0);

    assertThat(cid.version()).isZero();
    assertThat(cid.codec()).isEqualTo(Cid.DAG_PB);
    assertThat(cid).hasToString(V0).isEqualTo(Cid.of(cid.bytes().toArray()));
    assertThat(cid.bytes()).isEqualTo(cid.multihash().bytes());
    assertThat(cid.toV1())
        .isNotEqualTo(cid)
        .hasToString("bafybeie5745rpv2m6tjyuugywy4d5ewrqgqqhfnf445he3omzpjbx5xqxe");
    assertThatIllegalArgumentException().isThrownBy(() -> cid.toString(Multibase.BASE32));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Q",
        "Qm",
        "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5", // a character short
        "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5NN", // one too many
        "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx50", // outside the alphabet
        "zQmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N", // version 0 under a multibase prefix
        "f12200000000000000000000000000000000000000000000000000000000000000000",
        "f02551200", // version 2
        "f00551200", // version 0 spelled out
        "f0155", // no multihash
        "f01550001ffff", // bytes after it
        "fffffffffffffffffffff01",
        "12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA",
        "/ipfs/QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N"
      })
  void otherTextIsRefused(String text) {
    Refused.by(() -> Cid.parse(text)).withMessageContaining("not a CID");
  }

  @Test
  void versionZeroNeedsAWholeSha256() {
    Refused.by(() -> Cid.v0(Multihash.identity(new byte[32])));
    Refused.by(() -> Cid.v0(Multihash.of(Multihash.SHA2_256, new byte[20])));
  }

  @Test
  void aMegabyteOfTextIsRefusedUnread() {
    Refused.by(() -> Cid.parse("b" + "a".repeat(1 << 20))).withMessageContaining("at most");
  }

  static LongStream seeds() {
    return LongStream.range(0, 25);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsWrittenReadsBackInEveryBase(long seed) {
    var samples = new Samples(seed);
    Cid cid = Cid.v1(seed * seed * 31, samples.multihash());

    assertThat(Cid.of(cid.bytes().toArray())).isEqualTo(cid).hasSameHashCodeAs(cid);
    for (Multibase base : Multibase.values()) {
      assertThat(Cid.parse(cid.toString(base))).as("%s", base).isEqualTo(cid);
    }
  }
}
