package io.kadenza.sim.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionsTest {
  private static final int LIMIT = 4;

  private final Connections connections = new Connections();

  private int add(int peer) {
    return connections.add(peer, LIMIT, one -> one >= 100);
  }

  @Test
  void theOldestGivesWay() {
    for (int peer = 0; peer < LIMIT; peer++) {
      assertThat(add(peer)).isEqualTo(Connections.NONE);
    }
    assertThat(add(10)).isEqualTo(0);
    assertThat(add(11)).isEqualTo(1);
    assertThat(connections.contains(0)).isFalse();
    assertThat(connections.contains(10)).isTrue();
  }

  @Test
  void whoeverIsOfUseIsPassedOver() {
    add(100);
    add(0);
    add(101);
    add(1);
    assertThat(add(10)).isEqualTo(0);
    assertThat(add(11)).isEqualTo(1);
    assertThat(add(12)).isEqualTo(10);
  }

  @Test
  void whereEverybodyIsOfUseTheOldestStillGivesWay() {
    for (int peer = 100; peer < 100 + LIMIT; peer++) {
      add(peer);
    }
    assertThat(add(200)).isEqualTo(100);
    assertThat(connections.size()).isEqualTo(LIMIT);
  }
}
