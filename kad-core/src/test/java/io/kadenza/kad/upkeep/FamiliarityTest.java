package io.kadenza.kad.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FamiliarityTest {
  private final Familiarity familiarity = new Familiarity();

  private void walks(int count, double foreseen) {
    for (int i = 0; i < count; i++) {
      familiarity.observe(foreseen);
    }
  }

  @Test
  void aFewWalksAreNotEnough() {
    assertThat(familiarity.isEnough()).isFalse();
    walks(17, 1);
    assertThat(familiarity.isEnough()).isFalse();
    walks(1, 1);
    assertThat(familiarity.isEnough()).isTrue();
  }

  @Test
  void whoMeetsEveryFifthPeerForTheFirstTimeDoesNotKnowTheNetwork() {
    walks(1_000, 0.8);
    assertThat(familiarity.isEnough()).isFalse();
  }

  @Test
  void oneSurpriseIsForgivenAndSeveralAreNot() {
    walks(100, 1);
    walks(1, 0.3);
    assertThat(familiarity.isEnough()).isTrue();
    walks(1, 0.3);
    assertThat(familiarity.isEnough()).isFalse();
  }
}
