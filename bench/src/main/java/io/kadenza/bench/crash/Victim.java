package io.kadenza.bench.crash;

import io.kadenza.store.Store;
import io.kadenza.store.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/// The process that is killed: opens the store and reads all of it, as a node does, says how long
/// that took, and then stores deeds from a number on and says of each that it is done, as soon as
/// it is durable and no sooner.
public final class Victim {
  static final String TABLE = "deeds";
  private static final int WRITERS = 8;

  private final Table table;
  private final Store store;
  private final AtomicLong next;
  private final Duration pause;
  private final OutputStream out = System.out;

  private Victim(Store store, long first, Duration pause) {
    this.store = store;
    this.table = store.table(TABLE);
    this.next = new AtomicLong(first);
    this.pause = pause;
  }

  /// @param args the directory, the first number, deeds a second
  public static void main(String... args) throws IOException, InterruptedException {
    long before = System.nanoTime();
    Store store = Store.open(Path.of(args[0]));
    store.table(TABLE).forEach(_ -> {});
    long opened = (System.nanoTime() - before) / 1_000_000;
    Duration pause = Duration.ofSeconds(1).multipliedBy(WRITERS).dividedBy(Long.parseLong(args[2]));
    var victim = new Victim(store, Long.parseLong(args[1]), pause);
    store.findings().forEach(finding -> victim.say("finding " + finding));
    victim.say("open " + opened);
    for (int i = 0; i < WRITERS; i++) {
      Thread.ofVirtual().start(victim::write);
    }
    // Until somebody kills this.
    new CountDownLatch(1).await();
  }

  private void write() {
    try {
      while (true) {
        long number = next.getAndIncrement();
        table.put(Deed.key(number), Deed.value(number));
        store.sync().join();
        say("done " + number);
        Thread.sleep(pause);
      }
    } catch (InterruptedException nobodyInterruptsUs) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void say(String line) {
    try {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException nobodyListens) {
      throw new IllegalStateException(nobodyListens);
    }
  }
}
