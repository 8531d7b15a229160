package io.kadenza.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.Host;
import io.kadenza.kad.engine.Mode;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.provide.OwnValue;
import io.kadenza.kad.record.Validator;
import io.kadenza.kad.record.Validators;
import io.kadenza.kad.record.Verdict;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multihash;
import io.kadenza.multiformats.PeerInfo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two DHTs on one host. Where both need peers, both are told to take any address: everything here
/// is on loopback.
class DualDhtTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Bytes KEY = Bytes.utf8("/v/hello");
  private static final Bytes ELSE = Bytes.utf8("something else");
  private static final Bytes CONTENT =
      Multihash.sha256("content".getBytes(StandardCharsets.UTF_8)).bytes();

  /// The greater value is the better.
  private static final Validator GREATEST =
      new Validator() {
        @Override
        public Verdict validate(Bytes key, Bytes value, Instant now) {
          return Verdict.valid();
        }

        @Override
        public int select(Bytes key, List<Bytes> values) {
          int best = 0;
          for (int i = 1; i < values.size(); i++) {
            if (values.get(i).utf8().compareTo(values.get(best).utf8()) > 0) {
              best = i;
            }
          }
          return best;
        }
      };

  private static final Network APP =
      Network.of("/my-app").withValidators(Validators.open().with("v", GREATEST));

  private final List<AutoCloseable> open = new ArrayList<>();

  private <T extends AutoCloseable> T opened(T closeable) {
    open.addFirst(closeable);
    return closeable;
  }

  private Host host() {
    return opened(
        Host.builder(Identity.generate(KeyType.ED25519)).listen("/ip4/127.0.0.1/tcp/0").start());
  }

  private Dht server(Network network) {
    return opened(Dht.builder(host()).network(network).mode(Mode.SERVER).start());
  }

  /// Both networks take loopback addresses.
  private DualDht dual() {
    Host host = host();
    return opened(
        new DualDht(
            Dht.builder(host).network(APP).mode(Mode.SERVER).start(),
            Dht.builder(host).network(APP.lan()).mode(Mode.SERVER).start()));
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  @Test
  void neighboursFindOneAnotherInTheLocalNetworkAlone() {
    DualDht one = opened(DualDht.start(host(), APP));
    DualDht other = opened(DualDht.start(host(), APP));

    var joined = other.bootstrap(List.of(one.lan().host().info()), LIMIT);
    var stored = other.put(KEY, Bytes.utf8("1"), LIMIT);
    var provided = other.provide(CONTENT, LIMIT);
    var soon = other.provideOptimistically(ELSE, LIMIT);
    var found = one.get(KEY, Quorum.ALL, LIMIT);

    assertThat(joined.contacted()).isEqualTo(1);
    assertThat(other.lan().table()).extracting(PeerInfo::id).containsExactly(one.lan().host().id());
    assertThat(other.wan().table()).isEmpty();
    assertThat(stored.copies()).isEqualTo(1);
    assertThat(provided.copies()).isEqualTo(1);
    assertThat(soon.copies()).isEqualTo(1);
    assertThat(one.lan().heldProviders(ELSE)).hasSize(1);
    assertThat(found).isInstanceOf(GetResult.Found.class);
  }

  @Test
  void theLocalOneServesWhileThePublicOneWaitsToBeReached() {
    DualDht dual = opened(DualDht.start(host(), Network.AMINO));

    assertThat(dual.lan().mode()).isEqualTo(Mode.SERVER);
    assertThat(dual.wan().mode()).isEqualTo(Mode.CLIENT);
    assertThat(dual.lan().host().protocols())
        .contains(Network.LAN.protocol())
        .doesNotContain(Network.AMINO.protocol());

    dual.wan().host().probed(true);
    dual.wan().autoMode();
    assertThat(dual.wan().mode()).isEqualTo(Mode.SERVER);
  }

  @Test
  void whoIsToldToBeAClientIsOneInBoth() {
    DualDht dual = opened(DualDht.builder(host(), APP).mode(Mode.CLIENT).start());

    assertThat(dual.wan().mode()).isEqualTo(Mode.CLIENT);
    assertThat(dual.lan().mode()).isEqualTo(Mode.CLIENT);
    assertThat(dual.lan().host().protocols()).noneMatch(id -> id.startsWith("/my-app/"));
  }

  @Test
  void eachKeepsItsRecordsInADirectoryOfItsOwn(@TempDir Path directory) {
    try (var dual = DualDht.builder(host(), APP).directory(directory).start()) {
      dual.lan().put(KEY, Bytes.utf8("1"), LIMIT);
    }
    try (var dual = DualDht.builder(host(), APP).directory(directory).start()) {
      assertThat(dual.lan().values()).isEqualTo(1);
      assertThat(dual.wan().values()).isZero();
    }
  }

  @Test
  void writesGoToThePublicNetworkOnceSomebodyIsKnownThere() {
    Dht outside = server(APP);
    Dht inside = server(APP.lan());
    DualDht dual = dual();
    dual.lan().bootstrap(List.of(inside.host().info()), LIMIT);
    assertThat(dual.put(Bytes.utf8("/v/first"), Bytes.utf8("1"), LIMIT).copies()).isEqualTo(1);
    assertThat(inside.values()).isEqualTo(1);

    dual.wan().bootstrap(List.of(outside.host().info()), LIMIT);
    assertThat(dual.put(KEY, Bytes.utf8("1"), LIMIT).copies()).isEqualTo(1);

    assertThat(outside.values()).isEqualTo(1);
    assertThat(inside.values()).isEqualTo(1);
  }

  @Test
  void whatIsPublishedIsStoredAgainWhereItWasWritten() {
    Dht inside = server(APP.lan());
    DualDht dual = dual();
    dual.lan().bootstrap(List.of(inside.host().info()), LIMIT);

    dual.publish(KEY, Bytes.utf8("1"), LIMIT);

    assertThat(inside.values()).isEqualTo(1);
    assertThat(dual.lan().published()).hasSize(1);
    assertThat(dual.wan().published()).isEmpty();
    assertThat(dual.unpublish(KEY)).isTrue();
    assertThat(dual.unpublish(KEY)).isFalse();
    assertThat(dual.lan().published()).isEmpty();
  }

  @Test
  void whatIsPublishedAnewReplacesWhatTheOtherNetworkIsTold() {
    Dht outside = server(APP);
    Dht inside = server(APP.lan());
    DualDht dual = dual();
    dual.lan().bootstrap(List.of(inside.host().info()), LIMIT);
    dual.publish(KEY, Bytes.utf8("1"), LIMIT);
    dual.wan().bootstrap(List.of(outside.host().info()), LIMIT);

    var stored = dual.publish(KEY, Bytes.utf8("2"), LIMIT);

    assertThat(stored.copies()).isEqualTo(1);
    for (Dht either : List.of(dual.wan(), dual.lan())) {
      assertThat(either.published()).extracting(OwnValue::value).containsExactly(Bytes.utf8("2"));
    }
    for (Dht keeper : List.of(outside, inside)) {
      assertThat(keeper.heldValue(KEY).orElseThrow().record().value()).isEqualTo(Bytes.utf8("2"));
    }
  }

  @Test
  void readsTakeTheBetterOfWhatBothNetworksHave() {
    Dht outside = server(APP);
    Dht inside = server(APP.lan());
    outside.put(KEY, Bytes.utf8("1"), LIMIT);
    inside.put(KEY, Bytes.utf8("2"), LIMIT);
    DualDht dual = dual();

    var joined = dual.bootstrap(List.of(outside.host().info(), inside.host().info()), LIMIT);
    var found = dual.get(KEY, Quorum.ALL, LIMIT);

    assertThat(joined.contacted()).isEqualTo(2);
    assertThat(found)
        .isInstanceOfSatisfying(
            GetResult.Found.class,
            f -> {
              assertThat(f.record().value()).isEqualTo(Bytes.utf8("2"));
              assertThat(f.answers()).isEqualTo(2);
            });
    assertThat(found.stats().answered()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void whatNobodyHasIsNotFoundInEither() {
    DualDht dual = dual();

    var result = dual.get(Bytes.utf8("/v/nothing"), Quorum.ONE, LIMIT);

    assertThat(result).isInstanceOf(GetResult.NotFound.class);
    assertThat(result.stats().reason()).isEqualTo(Termination.NO_PEERS);
  }

  @Test
  void aProviderOfBothNetworksIsFoundOnce() {
    Dht outside = server(APP);
    Dht inside = server(APP.lan());
    DualDht provider = dual();
    DualDht asker = dual();
    for (DualDht dual : List.of(provider, asker)) {
      dual.wan().bootstrap(List.of(outside.host().info()), LIMIT);
      dual.lan().bootstrap(List.of(inside.host().info()), LIMIT);
    }
    provider.wan().provide(CONTENT, LIMIT);
    provider.lan().provide(CONTENT, LIMIT);
    inside.provide(CONTENT, LIMIT);

    List<PeerInfo> streamed = new ArrayList<>();
    List<PeerInfo> all;
    try (var search = asker.findProviders(CONTENT, 0, LIMIT)) {
      search.forEach(streamed::add);
      all = search.await().providers();
    }

    assertThat(streamed)
        .extracting(PeerInfo::id)
        .containsExactlyInAnyOrder(provider.wan().host().id(), inside.host().id());
    assertThat(all)
        .extracting(PeerInfo::id)
        .containsExactlyInAnyOrder(provider.wan().host().id(), inside.host().id());
  }

  @Test
  void aSearchForOneProviderEndsWithTheFirst() {
    Dht outside = server(APP);
    Dht inside = server(APP.lan());
    outside.provide(CONTENT, LIMIT);
    inside.provide(CONTENT, LIMIT);
    DualDht asker = dual();
    asker.wan().bootstrap(List.of(outside.host().info()), LIMIT);
    asker.lan().bootstrap(List.of(inside.host().info()), LIMIT);

    try (var search = asker.findProviders(CONTENT, 1, LIMIT)) {
      List<PeerInfo> streamed = new ArrayList<>();
      search.forEach(streamed::add);

      assertThat(streamed).hasSize(1);
      assertThat(search.await().stats().reason()).isEqualTo(Termination.STOPPED);
    }
  }

  @Test
  void aSearchThatFoundEnoughInsideWasNotCancelled() {
    Dht outside = server(APP);
    Dht inside = server(APP.lan());
    inside.provide(CONTENT, LIMIT);
    DualDht asker = dual();
    asker.wan().bootstrap(List.of(outside.host().info()), LIMIT);
    asker.lan().bootstrap(List.of(inside.host().info()), LIMIT);

    try (var search = asker.findProviders(CONTENT, 1, LIMIT)) {
      assertThat(search).hasSize(1);
      assertThat(search.await().stats().reason()).isEqualTo(Termination.STOPPED);
    }
  }

  @Test
  void aPeerIsFoundInWhicheverNetworkItIs() {
    Dht inside = server(APP.lan());
    Dht wanted = server(APP.lan());
    wanted.bootstrap(List.of(inside.host().info()), LIMIT);
    DualDht asker = dual();
    asker.lan().bootstrap(List.of(inside.host().info()), LIMIT);

    var found = asker.findPeer(wanted.host().id(), LIMIT);

    assertThat(found.peer()).contains(wanted.host().info());
  }
}
