package io.kadenza.node.demo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.node.Failure;
import org.junit.jupiter.api.Test;

class DemoNetworkTest {
  @Test
  void aNodeThatCannotJoinIsNotPassedOver() {
    try (var network = DemoNetwork.start(3)) {
      network.node(1).host().close();
      assertThatThrownBy(network::bootstrap)
          .isInstanceOf(Failure.class)
          .hasMessageMatching("the demo went wrong: nobody answered #[23]");
    }
  }
}
