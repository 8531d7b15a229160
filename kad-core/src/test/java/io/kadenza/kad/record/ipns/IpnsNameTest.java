package io.kadenza.kad.record.ipns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.PeerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpnsNameTest {
  private static final String K51 =
      "k51qzi5uqu5dlkw8pxuw9qmqayfdeh4kfebhmreauqdc6a7c3y7d5i9fi8mk9w";
  private static final PeerId OWNER = PeerId.parse(K51);

  @Test
  void everySpellingOfANameIsTheSameName() {
    var name = new IpnsName(OWNER);
    assertThat(IpnsName.parse(K51)).isEqualTo(name);
    assertThat(IpnsName.parse("/ipns/" + K51)).isEqualTo(name);
    assertThat(IpnsName.parse(OWNER.toString())).isEqualTo(name);
    assertThat(IpnsName.parse("/ipns/" + OWNER)).isEqualTo(name);
    assertThat(IpnsName.parse(OWNER.toCid().toString())).isEqualTo(name);
    assertThat(IpnsName.ofKey(name.key())).isEqualTo(name);
    assertThat(name.toString()).isEqualTo(K51);
    assertThat(name.path()).isEqualTo("/ipns/" + K51);
  }

  @Test
  void theKeyInTheDhtHasTheIdInBinary() {
    assertThat(new IpnsName(OWNER).key())
        .isEqualTo(Bytes.fromHex(Bytes.utf8("/ipns/").toHex() + OWNER.bytes().toHex()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/ipns/",
        "/ipns/ipfs.tech",
        "ipfs.tech",
        "/ipfs/bafkqaddwgevxmmraojswg33smq",
        "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy",
        "/ipns/" + K51 + "/below",
        "/ipns//ipns/" + K51,
      })
  void whatNamesNoPeerIsNoName(String text) {
    assertThatThrownBy(() -> IpnsName.parse(text)).isInstanceOf(MalformedException.class);
  }

  @Test
  void aPathIsTakenApartBehindTheName() {
    var name = new IpnsName(OWNER);
    assertThat(IpnsName.Below.of("/ipns/" + K51)).contains(new IpnsName.Below(name, ""));
    assertThat(IpnsName.Below.of("/ipns/" + K51 + "/a/b"))
        .contains(new IpnsName.Below(name, "/a/b"));
    assertThat(IpnsName.Below.of(K51)).isEmpty();
    assertThat(IpnsName.Below.of("/ipns/ipfs.tech/a")).isEmpty();
    assertThat(IpnsName.Below.of("/ipfs/" + K51)).isEmpty();
  }
}
