package io.kadenza.multiformats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MultiaddrRoundTripTest {
  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void textAndBytesReadBackToTheSameAddress(long seed) {
    var samples = new Samples(seed);
    for (int i = 0; i < 20; i++) {
      byte[] bytes = samples.multiaddr();

      Multiaddr address = Multiaddr.of(bytes);
      Multiaddr again = Multiaddr.parse(address.toString());

      assertThat(address.bytes()).isEqualTo(Bytes.of(bytes));
      assertThat(again).isEqualTo(address).hasSameHashCodeAs(address);
      assertThat(again.components()).isEqualTo(address.components());
    }
  }
}
