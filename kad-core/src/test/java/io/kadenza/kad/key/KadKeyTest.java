package io.kadenza.kad.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.kadenza.kad.net.Peers;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KadKeyTest {
  @Test
  void rule17ThePeersOfTheIpfsSpecLiveWhereItSays() {
    PeerId peer = PeerId.parse("12D3KooWLU2znyJMtDiHArqAGbZn8CgUGp92kxDBtefftEEaHSZS");
    assertThat(KadKey.of(peer))
        .hasToString("e43d28f0996557c0d5571d75c62a57a59d7ac1d30a51ecedcdb9d5e4afa56100");
  }

  @Test
  void rule17TheMultihashOfTheIpfsSpecLivesWhereItSays() {
    Bytes multihash =
        Bytes.fromHex("1220e536c7f88d731f374dccb568aff6f56e838a19382e488039b1ca8ad2599e82fe");
    assertThat(KadKey.of(multihash))
        .hasToString("d623250f3f660ab4c3a53d3c97b3f6a0194c548053488d093520206248253bcb");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void distanceIsAMetricThatAgreesWithComparingAndCountingBits(long seed) {
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 200; i++) {
      KadKey x = KadKey.of(Peers.key(random));
      KadKey y = KadKey.of(Peers.key(random));
      KadKey z = KadKey.of(Peers.key(random));
      BigInteger xy = number(x.distance(y));
      BigInteger xz = number(x.distance(z));
      BigInteger yz = number(y.distance(z));
      assertThat(x.distance(x)).isEqualTo(Distance.ZERO);
      assertThat(x.distance(y)).isEqualTo(y.distance(x));
      assertThat(xz).isLessThanOrEqualTo(xy.add(yz));
      assertThat(Integer.signum(x.compareDistance(y, z))).isEqualTo(xy.compareTo(xz));
      assertThat(Integer.signum(x.distance(y).compareTo(x.distance(z))))
          .isEqualTo(xy.compareTo(xz));
      assertThat(x.commonPrefixLength(y)).isEqualTo(KadKey.BITS - xy.bitLength());
      assertThat(x.distance(y).leadingZeros()).isEqualTo(x.commonPrefixLength(y));
      assertThat(x.distance(y).fraction())
          .isCloseTo(xy.doubleValue() / BigInteger.TWO.pow(256).doubleValue(), offset(1e-12));
    }
  }

  @Test
  void aKeySharesAllItsBitsWithItselfOnly() {
    KadKey key = KadKey.of(Bytes.utf8("a"));
    assertThat(key.commonPrefixLength(key)).isEqualTo(KadKey.BITS);
    assertThat(key.compareDistance(key, key)).isZero();
  }

  @Test
  void bitsAreCountedFromTheMostSignificant() {
    byte[] digest = new byte[32];
    digest[0] = (byte) 0x80;
    digest[31] = 1;
    KadKey key = KadKey.ofDigest(digest);
    assertThat(key.bit(0)).isTrue();
    assertThat(key.bit(1)).isFalse();
    assertThat(key.bit(255)).isTrue();
    assertThat(key.bytes().toArray()).isEqualTo(digest);
    assertThatThrownBy(() -> key.bit(256)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void zeroPrefixesAreAsLongAsTheZeros() {
    KadKey zero = KadKey.ofDigest(new byte[32]);
    for (int bit : new int[] {0, 9, 24, 56, 64, 127, 128, 200, 255}) {
      byte[] digest = new byte[32];
      digest[bit / 8] = (byte) (0x80 >>> bit % 8);
      assertThat(zero.commonPrefixLength(KadKey.ofDigest(digest))).isEqualTo(bit);
    }
  }

  private static BigInteger number(Distance distance) {
    return new BigInteger(distance.toString(), 16);
  }

  @Test
  void aPointBeyondAPrefixSharesNoMoreThanThat() {
    KadKey key = KadKey.of(Bytes.utf8("here"));
    var random = new SplittableRandom(5);
    for (int bit : new int[] {0, 1, 62, 63, 64, 130, 255}) {
      KadKey point = key.beyond(bit, random);
      assertThat(key.commonPrefixLength(point)).isEqualTo(bit);
      assertThat(key.beyond(bit, random).equals(point)).isEqualTo(bit == 255 || bit == 63);
    }
  }
}
