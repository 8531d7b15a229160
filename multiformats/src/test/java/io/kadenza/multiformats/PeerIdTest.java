package io.kadenza.multiformats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerIdTest {
  /// The public keys of the peer-ids specification; the ids were computed outside this project.
  @ParameterizedTest
  @CsvSource({
    "080112201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e,"
        + "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq,"
        + "bafzaajaiaejcahwr5d5ofrfbis4l5d6uwr57hu5tjodrypfm6yaq6dsc2r2pzyt6, true",
    "08021221037777e994e452c21604f91de093ce415f5432f701dd8cd1a7a6fea0e630bfca99,"
        + "16Uiu2HAmLhLvBoYaoZfaMUKuibM6ac163GwKY74c5kiSLg5KvLpY,"
        + "bafzaajiiaijcca3xo7uzjzcsyilaj6i54cj44qk7kqzpoao5rti2pjx6udtdbp6kte, true",
    "0803125b3059301306072a8648ce3d020106082a8648ce3d03010703420004de3d300fa36ae0e8f5d530899d83abab44abf3161f162a4bc901d8e6ecda020e8b6d5f8da30525e71d6851510c098e5c47c646a597fb4dcec034e9f77c409e62,"
        + "QmVMT29id3TUASyfZZ6k9hmNyc2nYabCo4uMSpDw4zrgDk,"
        + "bafzbeidigywdclqvl5hxfefwp5onbffcfife7pza57mmfb4tiqmtkdjw64, false"
  })
  void aPublicKeyHasItsSpecifiedId(String key, String base58, String cid, boolean inline) {
    PeerId id = PeerId.ofPublicKey(Bytes.fromHex(key).toArray());

    assertThat(id).hasToString(base58);
    assertThat(id.toCid()).hasToString(cid);
    assertThat(PeerId.parse(base58)).isEqualTo(id);
    assertThat(id.inlinePublicKey().map(Bytes::toHex).orElse("none"))
        .isEqualTo(inline ? key : "none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bafzbeie5745rpv2m6tjyuugywy4d5ewrqgqqhfnf445he3omzpjbx5xqxe",
        "BAFZBEIE5745RPV2M6TJYUUGYWY4D5EWRQGQQHFNF445HE3OMZPJBX5XQXE",
        "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N",
        "f017212209dff3b17d74cf4d38a50d8b6383e92d181a10395a5e73a726dcccbd21bf6f0b9"
      })
  void everySpellingNamesTheSamePeer(String text) {
    assertThat(PeerId.parse(text)).hasToString("QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12D3KooWLU2znyJMtDiHArqAGbZn8CgUGp92kxDBtefftEEaHSZS",
        "12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA",
        "QmbLHAnMoJPWSCR5Zhtx6BHJX9KiKNN6tpvbUcqanj75Nb"
      })
  void realIdsPrintAsTheyWereRead(String text) {
    PeerId id = PeerId.parse(text);

    assertThat(id).hasToString(text);
    assertThat(id.shortName()).hasSize(8).isEqualTo(text.substring(text.length() - 8));
    assertThat(PeerId.of(id.bytes().toArray())).isEqualTo(id).hasSameHashCodeAs(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "Qm",
        " ",
        "12D3KooWLU2znyJMtDiHArqAGbZn8CgUGp92kxDBtefftEEaHSZ", // cut
        "12D3KooWLU2znyJMtDiHArqAGbZn8CgUGp92kxDBtefftEEaHSZ0", // outside the alphabet
        "12D3KooWLU2znyJMtDiHArqAGbZn8CgUGp92kxDBtefftEEaHSZS\n",
        "bafybeie5745rpv2m6tjyuugywy4d5ewrqgqqhfnf445he3omzpjbx5xqxe", // dag-pb, not a key
        "zdpuAnNyxJR8tigBDe5FM2PfMq1u7fKSCsTmb4m3iJZcCq8yB", // dag-cbor
        "zQmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N"
      })
  void otherTextIsRefused(String text) {
    Refused.by(() -> PeerId.parse(text)).withMessageContaining("not a peer id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "0000",
        "002b",
        "1220",
        "12140000000000000000000000000000000000000000", // truncated
        "11140000000000000000000000000000000000000000", // sha1
        "0001",
        "000201",
        "0001aabb" // length against content
      })
  void otherBytesAreRefused(String hex) {
    Refused.by(() -> PeerId.of(Bytes.fromHex(hex).toArray()));
  }

  @Test
  void keysAreInlinedUpTo42Bytes() {
    assertThat(PeerId.ofPublicKey(new byte[42]).inlinePublicKey()).contains(Bytes.of(new byte[42]));
    assertThat(PeerId.ofPublicKey(new byte[43]).inlinePublicKey()).isEmpty();
    Refused.by(() -> PeerId.of(Multihash.identity(new byte[43]).bytes().toArray()));
    Refused.by(() -> PeerId.ofPublicKey(new byte[0]));
  }

  @Test
  void aMegabyteOfTextIsRefusedUnread() {
    Refused.by(() -> PeerId.parse("1".repeat(1 << 20))).withMessageContaining("at most");
  }

  static LongStream seeds() {
    return LongStream.range(0, 25);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everySpellingReadsBack(long seed) {
    PeerId id = new Samples(seed).peerId();

    assertThat(PeerId.parse(id.toString())).isEqualTo(id).isEqualByComparingTo(id);
    for (Multibase base : Multibase.values()) {
      assertThat(PeerId.parse(id.toCid().toString(base))).as("%s", base).isEqualTo(id);
    }
  }
}
