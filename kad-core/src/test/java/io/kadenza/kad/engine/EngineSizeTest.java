package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.net.Peers;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// A million simulated nodes each have an engine: what only some of them use is not made for all.
class EngineSizeTest {
  private static final int ENGINES = 100;
  private static final int MAX_BYTES = 4_000;

  @Test
  void anEngineThatDoesNothingIsSmall() {
    var random = new SplittableRandom(1);
    List<Contact> peers = Peers.contacts(2 * ENGINES, random);
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    var engines = new ArrayList<KadEngine>(2 * ENGINES);
    long before = 0;
    for (int i = 0; i < 2 * ENGINES; i++) {
      if (i == ENGINES) { // By now all classes are loaded.
        before = threads.getCurrentThreadAllocatedBytes();
      }
      engines.add(new KadEngine(KadConfig.DEFAULT, peers.get(i).id(), random));
    }
    long each = (threads.getCurrentThreadAllocatedBytes() - before) / ENGINES;
    assertThat(each).isBetween(500L, (long) MAX_BYTES);
  }
}
