package io.kadenza.kad.provide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikelihoodTest {
  private static final int NETWORKS = 1_500;

  /// Against networks thrown at random: as often as it says.
  @ParameterizedTest
  @CsvSource({"20, 500, 0.5", "20, 500, 0.8", "20, 2000, 1.0", "10, 300, 1.3"})
  void peersAreAmongTheClosestAsOftenAsItSays(int k, int servers, double ofK) {
    var random = new SplittableRandom(7);
    double distance = ofK * k / servers;
    int among = 0;
    int closer = 0;
    for (int i = 0; i < NETWORKS; i++) {
      double[] distances = random.doubles(servers).sorted().toArray();
      among += distances[k - 1] > distance ? 1 : 0;
      closer += distances[k / 2] < distance / 2 ? 1 : 0;
    }
    var likelihood = new Likelihood(k, servers);
    assertThat(likelihood.isOneOfTheClosest(distance))
        .isCloseTo(among / (double) NETWORKS, within(0.05));
    assertThat(likelihood.isUsuallyCloser(distance / 2))
        .isCloseTo(closer / (double) NETWORKS, within(0.05));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "20, 10", "20, 1000000"})
  void itFallsWithTheDistance(int k, double servers) {
    var likelihood = new Likelihood(k, servers);
    double[] falling =
        Arrays.stream(new double[] {0, 1e-9, 1e-6, 1e-3, 0.01, 0.1, 0.5, 1})
            .map(likelihood::isOneOfTheClosest)
            .toArray();
    for (int i = 1; i < falling.length; i++) {
      assertThat(falling[i]).isBetween(0.0, falling[i - 1] + 1e-12);
    }
    assertThat(falling[0]).isEqualTo(1);
  }
}
