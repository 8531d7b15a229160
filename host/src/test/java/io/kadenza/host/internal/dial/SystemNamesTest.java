package io.kadenza.host.internal.dial;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SystemNamesTest {
  private final CountDownLatch busy = new CountDownLatch(SystemNames.AT_ONCE);
  private final CountDownLatch answering = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();
  private final SystemNames names = new SystemNames(_ -> slowly());

  private InetAddress[] slowly() {
    asked.incrementAndGet();
    busy.countDown();
    try {
      answering.await();
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
    }
    return new InetAddress[] {InetAddress.getLoopbackAddress()};
  }

  private Thread ask() {
    return Thread.startVirtualThread(() -> names.addresses("slow.example"));
  }

  /// Each question that the system is asked takes a thread from all that is virtual.
  @Test
  @Timeout(60)
  void t25ASilentNameServerIsAskedSoManyQuestionsAtATimeAndNoMore() throws Exception {
    List<Thread> asking = new ArrayList<>();
    for (int i = 0; i < SystemNames.AT_ONCE; i++) {
      asking.add(ask());
    }
    busy.await();
    Thread further = ask();
    Thread givenUp = ask();
    while (further.getState() != Thread.State.WAITING
        || givenUp.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    givenUp.interrupt();
    givenUp.join();
    assertThat(asked).hasValue(SystemNames.AT_ONCE);

    answering.countDown();

    further.join();
    for (Thread thread : asking) {
      thread.join();
    }
    assertThat(asked).hasValue(SystemNames.AT_ONCE + 1);
  }
}
