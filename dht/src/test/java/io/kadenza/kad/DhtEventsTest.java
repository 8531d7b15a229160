package io.kadenza.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.EventStream;
import io.kadenza.host.Host;
import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.kad.record.Validators;
import io.kadenza.kad.rpc.MessageType;
import io.kadenza.multiformats.Bytes;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Events read by many while lookups run: T41.
class DhtEventsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int LOOKUPS = 150;
  private static final int READERS = 4;

  private final List<Dht> nodes = new ArrayList<>();

  @BeforeEach
  void startThreeNodes() {
    for (int i = 0; i < 3; i++) {
      var host =
          Host.builder(Identity.generate(KeyType.ED25519)).listen("/ip4/127.0.0.1/tcp/0").start();
      var dht = Dht.builder(host).validators(Validators.open()).start();
      nodes.add(dht);
      dht.bootstrap(List.of(nodes.getFirst().host().info()), LIMIT);
    }
  }

  @AfterEach
  void stopThem() {
    for (Dht node : nodes) {
      node.close();
      node.host().close();
    }
  }

  /// What one reader has seen, checked as it reads.
  private record Seen(Set<Long> started, Set<Long> ended, long dropped) {}

  private static Seen read(EventStream<EngineEvent> events) {
    var started = new HashSet<Long>();
    var ended = new HashSet<Long>();
    for (EngineEvent event : events) {
      assertImmutable(event);
      switch (event) {
        case EngineEvent.LookupStarted s -> assertThat(started.add(s.lookupId())).isTrue();
        case EngineEvent.LookupEnded e -> assertThat(ended.add(e.lookupId())).isTrue();
        case EngineEvent.LookupStep step -> assertThat(ended).doesNotContain(step.lookupId());
        case EngineEvent.TableEvent _,
            EngineEvent.RpcEvent _,
            EngineEvent.StoreEvent _,
            EngineEvent.ProvideEvent _,
            EngineEvent.UpkeepEvent _ -> {}
      }
    }
    return new Seen(started, ended, events.dropped());
  }

  /// No list in an event can be written to.
  private static void assertImmutable(EngineEvent event) {
    for (RecordComponent component : event.getClass().getRecordComponents()) {
      if (List.class.isAssignableFrom(component.getType())) {
        try {
          var list = (List<?>) component.getAccessor().invoke(event);
          assertThat(List.copyOf(list)).as(component.getName()).isSameAs(list);
        } catch (ReflectiveOperationException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  @Test
  void readersComeAndGoWhileLookupsRunAndEachSeesWholeLookups() throws Exception {
    Dht asker = nodes.get(2);
    var done = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var whole = new ArrayList<CompletableFuture<Seen>>();
      var streams = new ArrayList<EventStream<EngineEvent>>();
      for (int i = 0; i < READERS; i++) {
        var stream = asker.events(1 << 16);
        streams.add(stream);
        whole.add(CompletableFuture.supplyAsync(() -> read(stream), threads));
      }
      // Readers that stay for a moment, one of them with room for a single event.
      var visits =
          CompletableFuture.supplyAsync(
              () -> {
                int count = 0;
                for (; !done.get(); count++) {
                  try (var visit = asker.events(1 + count % 2 * 100)) {
                    visit.next(Duration.ofMillis(1)).ifPresent(DhtEventsTest::assertImmutable);
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                }
                return count;
              },
              threads);

      var lookups = new ArrayList<CompletableFuture<?>>();
      for (int i = 0; i < LOOKUPS; i++) {
        Bytes key = Bytes.utf8("key " + i);
        lookups.add(CompletableFuture.runAsync(() -> asker.closest(key, LIMIT), threads));
      }
      CompletableFuture.allOf(lookups.toArray(CompletableFuture[]::new)).get();
      done.set(true);
      streams.forEach(EventStream::close);

      assertThat(visits.get()).isPositive();
      for (var reader : whole) {
        Seen seen = reader.get();
        assertThat(seen.dropped()).isZero();
        assertThat(seen.started()).hasSizeGreaterThanOrEqualTo(LOOKUPS);
        assertThat(seen.ended()).hasSizeGreaterThanOrEqualTo(LOOKUPS);
      }
    }
  }

  @Test
  void aRequestThatTheTableAnsweredIsToldToo() throws Exception {
    Dht server = nodes.get(0);
    try (var events = server.events(1_000)) {
      nodes.get(1).closest(Bytes.utf8("somewhere"), LIMIT);

      EngineEvent wanted =
          new EngineEvent.RpcServed(nodes.get(1).host().id(), MessageType.FIND_NODE);
      var next = events.next(LIMIT);
      while (next.isPresent() && !next.get().equals(wanted)) {
        next = events.next(LIMIT);
      }
      assertThat(next).contains(wanted);
    }
  }
}
