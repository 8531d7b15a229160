package io.kadenza.kad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.Host;
import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.kad.engine.Mode;
import io.kadenza.kad.provide.OwnValue;
import io.kadenza.kad.record.Validators;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Many keys and published values, between real nodes on loopback TCP.
class DhtProvidingTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Bytes KEY = Bytes.utf8("/v/hello");
  private static final Bytes VALUE = Bytes.utf8("world");

  private final List<AutoCloseable> open = new ArrayList<>();

  private List<Dht> network(int size) {
    List<Dht> nodes = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      var host =
          Host.builder(Identity.generate(KeyType.ED25519)).listen("/ip4/127.0.0.1/tcp/0").start();
      open.addFirst(host);
      var dht = Dht.builder(host).mode(Mode.SERVER).validators(Validators.open()).start();
      open.addFirst(dht);
      if (i > 0) {
        dht.bootstrap(List.of(nodes.getFirst().host().info()), LIMIT);
      }
      nodes.add(dht);
    }
    return nodes;
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  @Test
  void manyKeysAreProvidedWithFewRequests() {
    List<Dht> nodes = network(4);
    List<Bytes> keys = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      keys.add(Bytes.utf8("content " + i));
    }
    Dht provider = nodes.get(2);

    try (var events = provider.events(10_000)) {
      assertThat(provider.startProviding(keys).added()).isEqualTo(3_000);
      assertThat(provider.startProviding(keys).known()).isEqualTo(3_000);
      int told = 0;
      for (var event = events.iterator(); told < 3_000; ) {
        told += event.next() instanceof EngineEvent.RegionProvided region ? region.told() : 0;
      }
    }

    assertThat(provider.providing().messages()).isEqualTo(9_000);
    assertThat(provider.providing().findNodes()).isLessThan(20);
    for (Bytes key : List.of(keys.get(0), keys.get(1_234), keys.get(2_999))) {
      for (Dht asker : nodes) {
        var found = asker.findProviders(key, 0, LIMIT).await();
        assertThat(found.providers())
            .extracting(PeerInfo::id)
            .containsExactly(provider.host().id());
      }
    }
    assertThat(provider.provided(Optional.empty(), 10)).hasSize(10);
    assertThatThrownBy(() -> provider.provided(Optional.empty(), HeldRecords.MAX_PAGE + 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a page has 1 to 1000 entries, not 1001");
    assertThat(provider.stopProviding(keys)).isEqualTo(3_000);
    assertThat(provider.providing().keys()).isZero();
  }

  @Test
  void whatIsPublishedIsStoredAndListed() {
    List<Dht> nodes = network(3);

    assertThat(nodes.get(0).publish(KEY, VALUE, LIMIT).copies()).isEqualTo(2);

    assertThat(nodes.get(0).published()).extracting(OwnValue::key).containsExactly(KEY);
    assertThat(nodes.get(1).published()).isEmpty();
    assertThat(nodes.get(0).unpublish(KEY)).isTrue();
    assertThat(nodes.get(0).unpublish(KEY)).isFalse();
  }
}
