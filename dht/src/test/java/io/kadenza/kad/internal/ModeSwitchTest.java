package io.kadenza.kad.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.host.Reachability;
import io.kadenza.kad.engine.AddressPolicy;
import io.kadenza.kad.engine.Mode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModeSwitchTest {
  @ParameterizedTest
  @EnumSource(Reachability.class)
  void inAPublicNetworkOnlyWhoIsReachedServes(Reachability reachability) {
    assertThat(ModeSwitch.fitting(reachability, AddressPolicy.PUBLIC))
        .isEqualTo(reachability == Reachability.PUBLIC ? Mode.SERVER : Mode.CLIENT);
  }

  @ParameterizedTest
  @CsvSource({
    "PUBLIC, SERVER",
    "LOCAL, SERVER",
    "UNCONFIRMED, SERVER",
    "NOT_LISTENING, CLIENT",
    "TRANSLATED, CLIENT",
    "UNREACHABLE, CLIENT"
  })
  void inAPrivateNetworkWhoeverListensServesUnlessItIsKnownToBeInVain(
      Reachability reachability, Mode mode) {
    assertThat(ModeSwitch.fitting(reachability, AddressPolicy.ANY)).isEqualTo(mode);
  }
}
