package io.kadenza.kad.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RegionTest {
  @Test
  void inANetworkOfFewerThanKItIsAllOfTheKeyspace() {
    var everything = new Region(1, 1, false, false);
    assertThat(Region.of(5, 20, 1.5)).isEqualTo(everything);
    assertThat(Region.high(everything.radius())).as("unsigned").isEqualTo(-1);
  }

  @Test
  void itIsSoManyTimesAsWideAsTheKClosestLie() {
    assertThat(Region.of(199, 20, 1.5))
        .isEqualTo(new Region(0.1, 0.15000000000000002, false, false));
  }

  @Test
  void whatIsSaidOfItIsKept() {
    Region region = Region.of(199, 20, 1.5);
    assertThat(region.onlyIfCrowded().familiar(true))
        .isEqualTo(region.familiar(true).onlyIfCrowded())
        .isEqualTo(new Region(region.kDistance(), region.radius(), true, true));
  }
}
