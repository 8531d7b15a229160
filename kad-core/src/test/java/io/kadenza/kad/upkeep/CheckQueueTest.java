package io.kadenza.kad.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.net.Peers;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CheckQueueTest {
  private final List<Contact> peers = Peers.contacts(5, new SplittableRandom(1));

  @Test
  void eachPeerWaitsOnceAndAFewAreCheckedAtATime() {
    var queue = new CheckQueue(10, 2);
    peers.forEach(peer -> assertThat(queue.add(peer)).isTrue());
    assertThat(queue.add(peers.get(0))).isFalse();
    assertThat(queue.next()).isEqualTo(peers.get(0));
    assertThat(queue.add(peers.get(0))).isFalse();
    assertThat(queue.next()).isEqualTo(peers.get(1));
    assertThat(queue.next()).isNull();
    queue.done(peers.get(0));
    assertThat(queue.next()).isEqualTo(peers.get(2));
    assertThat(queue.add(peers.get(0))).isTrue();
  }

  @Test
  void whoDoesNotFitIsTurnedAway() {
    var queue = new CheckQueue(2, 1);
    assertThat(queue.add(peers.get(0))).isTrue();
    assertThat(queue.add(peers.get(1))).isTrue();
    assertThat(queue.add(peers.get(2))).isFalse();
  }

  @Test
  void whatWasNotBeingCheckedIsNotDone() {
    var queue = new CheckQueue(2, 1);
    queue.done(peers.get(0));
    assertThat(queue.running()).isZero();
  }
}
