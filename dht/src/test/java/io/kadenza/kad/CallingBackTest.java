package io.kadenza.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.Host;
import io.kadenza.kad.record.Validator;
import io.kadenza.kad.record.Verdict;
import io.kadenza.multiformats.Bytes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Validators that use the DHT which asks them. They are called where it would have to work on the
/// answer.
@Timeout(60)
class CallingBackTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Bytes KEY = Bytes.utf8("/v/hello");
  private static final Bytes VALUE = Bytes.utf8("world");

  private final List<AutoCloseable> open = new ArrayList<>();
  private final AtomicReference<Dht> asked = new AtomicReference<>();
  private final BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();

  static final List<Consumer<Dht>> CALLS =
      List.of(
          dht -> dht.get(KEY, Quorum.ONE, LIMIT),
          dht -> dht.heldValue(KEY),
          dht -> dht.findProviders(KEY, 1, LIMIT).await(),
          Dht::routingTable);

  /// Takes every value, after it has called its DHT.
  private record Curious(
      AtomicReference<Dht> dht, Consumer<Dht> call, BlockingQueue<Throwable> thrown)
      implements Validator {
    @Override
    public Verdict validate(Bytes key, Bytes value, Instant now) {
      try {
        call.accept(dht.get());
      } catch (RuntimeException refused) {
        thrown.add(refused);
      }
      return Verdict.valid();
    }

    @Override
    public int select(Bytes key, List<Bytes> values) {
      return 0;
    }
  }

  private Host host() {
    var host =
        Host.builder(Identity.generate(KeyType.ED25519)).listen("/ip4/127.0.0.1/tcp/0").start();
    open.addFirst(host);
    return host;
  }

  private Dht start(DhtBuilder builder, Consumer<Dht> call) {
    Dht dht = builder.validator("v", new Curious(asked, call, thrown)).start();
    open.addFirst(dht);
    return dht;
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  @ParameterizedTest
  @FieldSource("CALLS")
  void whatWouldWaitForItselfIsRefused(Consumer<Dht> call) {
    Dht dht = start(Dht.builder(host()), call);
    asked.set(dht);

    assertThat(dht.put(KEY, VALUE, LIMIT).isRefused()).isFalse();

    assertThat(thrown).isNotEmpty().allMatch(IllegalStateException.class::isInstance);
    assertThat(dht.heldValue(KEY)).isPresent();
  }

  @ParameterizedTest
  @FieldSource("CALLS")
  void soItIsWhereAPeersValueIsJudged(Consumer<Dht> call) {
    Dht dht = start(Dht.builder(host()), call);
    asked.set(dht);
    Dht peer = start(Dht.builder(host()), _ -> {});
    peer.bootstrap(List.of(dht.host().info()), LIMIT);

    assertThat(peer.put(KEY, VALUE, LIMIT).copies()).isEqualTo(1);

    assertThat(dht.heldValue(KEY)).isPresent();
  }

  @Test
  void aValidatorMayCloseItsDht(@TempDir Path directory) throws Exception {
    Dht dht = start(Dht.builder(host()).directory(directory), Dht::close);
    asked.set(dht);

    try {
      var _ = dht.put(KEY, VALUE, LIMIT);
    } catch (DhtException closed) {
      assertThat(closed.reason()).isEqualTo(DhtException.Reason.CLOSED);
    }

    assertThat(thrown).isEmpty();
    dht.close();
    assertThat(dht.events(1)).as("has ended").isEmpty();
    start(Dht.builder(dht.host()).directory(directory), _ -> {});
  }
}
