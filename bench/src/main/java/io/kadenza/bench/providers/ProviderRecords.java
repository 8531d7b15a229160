package io.kadenza.bench.providers;

import com.sun.management.OperatingSystemMXBean;
import io.kadenza.kad.record.MemoryProviderStore;
import io.kadenza.kad.record.ProviderLimits;
import io.kadenza.kad.record.Sender;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/// Fills a provider store with records of multihashes, one to three for each key, and says what one
/// takes, how many can be added and read in a second of CPU time, that of the compiler and the
/// collector included, so that other work on the machine does not show, and how long a read takes
/// that waits for a step of the sweep while half of what was not renewed is expired. Times include
/// making the key.
public final class ProviderRecords {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /// The seconds over which the records come in.
  private static final int SPREAD = 80_000;

  private static final int READS = 2_000_000;

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final int records;
  private final List<PeerInfo> peers = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(7);
  private final BitSet renewed = new BitSet();
  private final byte[] multihash = new byte[34];
  private long found;

  private ProviderRecords(int records, int peers) {
    this.records = records;
    for (int i = 0; i < peers; i++) {
      this.peers.add(peer(i));
    }
  }

  /// @param args how many records, and of how many peers
  public static void main(String... args) {
    int records = args.length > 0 ? Integer.parseInt(args[0]) : 10_000_000;
    int peers = args.length > 1 ? Integer.parseInt(args[1]) : 20_000;
    // A small round first, for the compiler.
    var _ = new ProviderRecords(200_000, 1_000).run(false);
    System.out.println(new ProviderRecords(records, peers).run(true));
  }

  private static PeerInfo peer(int number) {
    var random = new SplittableRandom(number);
    byte[] id = new byte[34];
    random.nextBytes(id);
    id[0] = 0x12;
    id[1] = 0x20;
    var addresses =
        List.of(
            Multiaddr.parse("/ip4/81." + number % 256 + "." + number / 256 + ".7/tcp/4001"),
            Multiaddr.parse(
                "/ip4/81." + number % 256 + "." + number / 256 + ".7/udp/4001/quic-v1"));
    return new PeerInfo(PeerId.of(id), addresses);
  }

  /// Every second key has one provider, the others two or three.
  private Bytes key(long record) {
    long key = record % 6 < 3 ? record : record - record % 3;
    ByteBuffer out = ByteBuffer.wrap(multihash);
    out.put((byte) 0x12).put((byte) 0x20);
    var hash = new SplittableRandom(key);
    for (int i = 0; i < 4; i++) {
      out.putLong(hash.nextLong());
    }
    return Bytes.of(multihash);
  }

  private void announce(MemoryProviderStore store, Bytes key, long record, Instant when) {
    PeerInfo peer = peers.get((int) (record * 7 % peers.size()));
    store.add(key, peer, Sender.of(peer), when);
  }

  private Instant time(long record) {
    return NOW.plusSeconds(record * SPREAD / records);
  }

  private Figures run(boolean report) {
    var limits =
        ProviderLimits.DEFAULT.withMaxRecords(records).withMaxRecordsPerPeer(Integer.MAX_VALUE);
    long before = usedHeap(report);
    var store = new MemoryProviderStore(limits, random);
    double added = rate(records, i -> announce(store, key(i), i, time(i)));
    double bytes = (double) (usedHeap(report) - before) / store.size();
    return new Figures(
        store.size(),
        peers.size(),
        bytes,
        added,
        readAll(store),
        readInVain(store),
        renew(store),
        readWhileSweeping(store, time(records / 2).plus(limits.ttl())),
        sweepAll(store, NOW.plus(Duration.ofHours(49))),
        store.size(),
        found % 10);
  }

  private double readAll(MemoryProviderStore store) {
    Instant end = time(records);
    return rate(READS, _ -> found += store.get(key(random.nextInt(records)), random, end).size());
  }

  private double readInVain(MemoryProviderStore store) {
    Instant end = time(records);
    return rate(READS, i -> found += store.get(key(records + 6L * i), random, end).size());
  }

  private double renew(MemoryProviderStore store) {
    Instant end = time(records);
    return rate(
        READS,
        _ -> {
          int i = random.nextInt(records);
          renewed.set(i);
          announce(store, key(i), i, end);
        });
  }

  private static Sweeping sweepAll(MemoryProviderStore store, Instant now) {
    var longest = new AtomicLong();
    var steps = new AtomicInteger(1);
    double once =
        rate(
            1,
            _ -> {
              long started = System.nanoTime();
              while (store.sweep(now)) {
                steps.incrementAndGet();
                longest.accumulateAndGet(System.nanoTime() - started, Math::max);
                started = System.nanoTime();
              }
            });
    return new Sweeping(1_000 / once, steps.get(), longest.get() / 1e6);
  }

  /// @param millis of CPU time for all
  /// @param longest step, in milliseconds
  private record Sweeping(double millis, int steps, double longest) {}

  /// What was measured. Rates are per second of CPU time.
  ///
  /// @param bytes a record
  /// @param check keeps the compiler from leaving the reads out
  private record Figures(
      int records,
      int peers,
      double bytes,
      double added,
      double read,
      double notFound,
      double renewed,
      Spread reads,
      Sweeping sweep,
      int left,
      long check) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%,d records of %,d peers: %.1f bytes each%n"
              + "per CPU-second: %,.0f added, %,.0f read, %,.0f not found, %,.0f renewed%n"
              + "a read behind a step of the sweep, half of what was not renewed being expired: %s%n"
              + "swept in %.0f ms of CPU time and %d steps, the longest %.1f ms; %,d are left (%d)",
          records,
          peers,
          bytes,
          added,
          read,
          notFound,
          renewed,
          reads,
          sweep.millis,
          sweep.steps,
          sweep.longest,
          left,
          check);
    }
  }

  /// Turns of one step of the sweep and one read behind it, as the engine does them, until the
  /// sweep is once around.
  ///
  /// @return the CPU time of a turn
  private Spread readWhileSweeping(MemoryProviderStore store, Instant now) {
    var threads = ManagementFactory.getThreadMXBean();
    var turns = new ArrayList<Long>();
    boolean more = true;
    while (more) {
      int record = random.nextInt(records);
      long before = threads.getCurrentThreadCpuTime();
      more = store.sweep(now);
      int served = store.get(key(record), random, now).size();
      turns.add(threads.getCurrentThreadCpuTime() - before);
      if (served != alive(record, now)) {
        throw new IllegalStateException(
            "of record " + record + " and its like " + served + " are served at " + now);
      }
    }
    return Spread.of(turns);
  }

  /// How many records of this one's key are not expired.
  private int alive(int record, Instant now) {
    int first = record % 6 < 3 ? record : record - record % 3;
    int end = record % 6 < 3 ? record + 1 : Math.min(records, first + 3);
    int alive = 0;
    for (int i = first; i < end; i++) {
      Instant expires = time(renewed.get(i) ? records : i).plus(ProviderLimits.DEFAULT.ttl());
      alive += now.isBefore(expires) ? 1 : 0;
    }
    return alive;
  }

  private record Spread(double p50, double p99, double longest) {
    static Spread of(List<Long> nanos) {
      List<Long> sorted = nanos.stream().sorted().toList();
      return new Spread(
          sorted.get(sorted.size() / 2) / 1e6,
          sorted.get(sorted.size() * 99 / 100) / 1e6,
          sorted.getLast() / 1e6);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "p50 %.2f ms, p99 %.2f ms, longest %.2f ms of CPU time", p50, p99, longest);
    }
  }

  private static double rate(int times, LongConsumer work) {
    long before = SYSTEM.getProcessCpuTime();
    for (long i = 0; i < times; i++) {
      work.accept(i);
    }
    return times * 1e9 / (SYSTEM.getProcessCpuTime() - before);
  }

  private static long usedHeap(boolean wanted) {
    if (wanted) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
