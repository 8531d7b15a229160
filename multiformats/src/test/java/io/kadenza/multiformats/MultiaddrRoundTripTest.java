package io.kadenza.multiformats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MultiaddrRoundTripTest {
  static LongStream seeds() {
    return LongStream.range(0, 500);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void textAndBytesReadBackToTheSameAddress(long seed) {
    byte[] bytes = new Samples(seed).multiaddr();

    Multiaddr address = Multiaddr.of(bytes);

    assertThat(address.bytes()).isEqualTo(Bytes.of(bytes));
    assertThat(Multiaddr.parse(address.toString())).isEqualTo(address).hasSameHashCodeAs(address);
    assertThat(Multiaddr.parse(address.toString()).components()).isEqualTo(address.components());
  }
}
