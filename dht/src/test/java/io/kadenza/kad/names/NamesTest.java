package io.kadenza.kad.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.Host;
import io.kadenza.kad.Dht;
import io.kadenza.kad.provide.OwnValue;
import io.kadenza.kad.record.Validators;
import io.kadenza.kad.record.ipns.IpnsName;
import io.kadenza.kad.record.ipns.IpnsRecord;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Names in a network of three nodes on loopback TCP: one writes, one reads, and a third is there
/// to be asked.
class NamesTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Bytes VALUE = Bytes.utf8("/ipfs/bafkqaddwgevxmmraojswg33smq");

  private final List<AutoCloseable> open = new ArrayList<>();
  private final Identity owner = Identity.generate(KeyType.ED25519);
  private final IpnsName name = new IpnsName(owner.peerId());
  private Dht keeper;
  private Dht home;
  private Names writer;
  private Names reader;

  /// How far the readers' wall clock is ahead.
  private Duration ahead = Duration.ZERO;

  @BeforeEach
  void startNetwork() {
    keeper = node();
    home = joined();
    writer = Names.on(home);
    reader = Names.on(joined(), () -> Instant.now().plus(ahead));
  }

  private Dht node() {
    var host =
        Host.builder(Identity.generate(KeyType.ED25519)).listen("/ip4/127.0.0.1/tcp/0").start();
    open.addFirst(host);
    var dht = Dht.builder(host).start();
    open.addFirst(dht);
    return dht;
  }

  private Dht joined() {
    Dht dht = node();
    dht.bootstrap(List.of(keeper.host().info()), LIMIT);
    return dht;
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  private Published publish(Bytes value) {
    return writer.publish(owner, value, PublishTerms.DEFAULT, LIMIT);
  }

  private Resolution.Found resolve() {
    return (Resolution.Found) reader.resolve(name, LIMIT);
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void whatOnePublishesAnotherResolves(KeyType type) {
    Identity someone = Identity.generate(type);

    var published = writer.publish(someone, VALUE, PublishTerms.DEFAULT, LIMIT);
    var found = (Resolution.Found) reader.resolve(new IpnsName(someone.peerId()), LIMIT);

    assertThat(published.stored().copies()).isEqualTo(2);
    assertThat(published.record().sequence()).isEqualTo(1);
    assertThat(found.value()).isEqualTo(VALUE);
    assertThat(found.steps()).hasSize(1);
    assertThat(found.steps().getFirst().record()).isEqualTo(published.record());
    assertThat(found.steps().getFirst().answers()).isPositive();
    assertThat(found.ttl()).isEqualTo(Duration.ofMinutes(5));
    assertThat(found.expires()).isEqualTo(published.record().expires());
  }

  @Test
  void aDhtThatDoesNotCheckTheirRecordsHasNoNames() {
    Host host = Host.builder(Identity.generate(KeyType.ED25519)).start();
    open.addFirst(host);
    Dht anything = Dht.builder(host).validators(Validators.open()).start();
    open.addFirst(anything);

    assertThatThrownBy(() -> Names.on(anything))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("new IpnsValidator()");
  }

  @Test
  void aNameThatNobodyPublishedIsNotFound() {
    assertThat(reader.resolve(name, LIMIT))
        .isInstanceOfSatisfying(
            Resolution.NotFound.class, none -> assertThat(none.name()).isEqualTo(name));
  }

  @Test
  void aNewVersionFollowsTheHighestThatTheNetworkKnows() {
    publish(VALUE);
    publish(Bytes.utf8("/ipfs/second"));
    var elsewhere = Names.on(joined());

    var third = elsewhere.publish(owner, Bytes.utf8("/ipfs/third"), PublishTerms.DEFAULT, LIMIT);

    assertThat(third.record().sequence()).isEqualTo(3);
    assertThat(resolve().value()).isEqualTo(Bytes.utf8("/ipfs/third"));
  }

  @Test
  void aNewVersionFollowsTheHighestThatIsKnownHereThoughTheNetworkHasLess() {
    publish(VALUE);
    Instant end = Instant.now().plus(Duration.ofHours(1));
    writer.learn(name, IpnsRecord.sign(owner.privateKey(), VALUE, 41, end, Duration.ZERO).bytes());
    assertThat(publish(VALUE).record().sequence()).isEqualTo(42);
  }

  @Test
  void afterTheHighestSequenceThereIsNone() {
    writer.publish(owner, VALUE, PublishTerms.DEFAULT.withSequence(-1), LIMIT);
    assertThatThrownBy(() -> publish(VALUE)).isInstanceOf(MalformedException.class);
  }

  @Test
  void aRecordThatIsRefusedIsNotBelievedEither() {
    publish(VALUE);
    var afresh = Names.on(home);
    var terms = PublishTerms.DEFAULT.withSequence(0);

    var refused = afresh.publish(owner, Bytes.utf8("/ipfs/late"), terms, LIMIT);

    assertThat(refused.stored().isRefused()).isTrue();
    assertThat(afresh.resolve(name, LIMIT))
        .isInstanceOfSatisfying(
            Resolution.Found.class, found -> assertThat(found.value()).isEqualTo(VALUE));
  }

  @Test
  void aRenewedRecordSaysTheSameForLonger() {
    var first = publish(VALUE).record();
    var terms = PublishTerms.DEFAULT.withLifetime(Duration.ofHours(96));

    var renewed = writer.renew(owner, first, terms, LIMIT).record();

    assertThat(renewed.sequence()).isEqualTo(first.sequence());
    assertThat(renewed.value()).isEqualTo(first.value());
    assertThat(renewed.expires()).isAfter(first.expires());
    assertThat(resolve().steps().getFirst().record()).isEqualTo(renewed);
  }

  @Test
  void theNodeOfTheOwnerKeepsTheLatestRecordPublished() {
    var first = publish(VALUE).record();
    assertThat(home.published()).extracting(OwnValue::value).containsExactly(first.bytes());

    var second = publish(Bytes.utf8("/ipfs/second")).record();
    assertThat(home.published()).extracting(OwnValue::value).containsExactly(second.bytes());

    var renewed = writer.renew(owner, second, PublishTerms.DEFAULT, LIMIT).record();
    assertThat(home.published()).extracting(OwnValue::value).containsExactly(renewed.bytes());
    assertThat(home.published()).extracting(OwnValue::key).containsExactly(name.key());
    assertThat(home.unpublish(name.key())).isTrue();
  }

  @Test
  void aRenewalDoesNotBringBackWhatWasReplaced() {
    var first = publish(VALUE).record();
    publish(Bytes.utf8("/ipfs/second"));

    var renewed = writer.renew(owner, first, PublishTerms.DEFAULT, LIMIT).record();

    assertThat(renewed.value()).isEqualTo(Bytes.utf8("/ipfs/second"));
    assertThat(renewed.sequence()).isEqualTo(2);
  }

  @Test
  void aFreshRecordIsNotLookedUpAgain() {
    publish(VALUE);
    assertThat(resolve().steps().getFirst().lookup()).isPresent();
    publish(Bytes.utf8("/ipfs/second"));

    assertThat(resolve().steps().getFirst().lookup()).isEmpty();
    assertThat(resolve().value()).isEqualTo(VALUE);
    ahead = Duration.ofMinutes(5);
    assertThat(resolve().value()).isEqualTo(Bytes.utf8("/ipfs/second"));
  }

  /// The reader sees a second version that lives for ten minutes only, and is offered the first one
  /// again after them: the keeper has but the first, as the second was stored nowhere else.
  @Test
  void a10WhatWasReplacedIsNotBelievedAgain() {
    var first = publish(VALUE).record();
    var second =
        IpnsRecord.sign(
            owner.privateKey(),
            Bytes.utf8("/ipfs/second"),
            2,
            Instant.now().plus(Duration.ofMinutes(10)),
            Duration.ZERO);
    reader.learn(name, second.bytes());
    assertThat(resolve().steps().getFirst().record()).isEqualTo(second);

    ahead = Duration.ofMinutes(10);

    assertThat(reader.resolve(name, LIMIT)).isEqualTo(new Resolution.RolledBack(name, first, 2));
  }

  @Test
  void namesThatPointAtNamesAreFollowed() {
    Identity second = Identity.generate(KeyType.ED25519);
    var further = new IpnsName(second.peerId());
    publish(Bytes.utf8(further.path() + "/blog"));
    writer.publish(second, VALUE, PublishTerms.DEFAULT.withTtl(Duration.ofSeconds(7)), LIMIT);

    assertThat(resolve().value()).isEqualTo(Bytes.utf8(VALUE.utf8() + "/blog"));
    assertThat(resolve().steps()).extracting(Resolution.Step::name).containsExactly(name, further);
    assertThat(resolve().ttl()).isEqualTo(Duration.ofSeconds(7));
    assertThat(reader.lookUp(name, LIMIT))
        .isInstanceOfSatisfying(
            Resolution.Found.class,
            one -> assertThat(one.value()).isEqualTo(Bytes.utf8(further.path() + "/blog")));
  }

  @Test
  void aCircleOfNamesEnds() {
    publish(Bytes.utf8(name.path()));
    assertThat(reader.resolve(name, LIMIT)).isInstanceOf(Resolution.TooDeep.class);
  }

  @Test
  void aNameInTheDomainSystemIsWhereItEnds() {
    publish(Bytes.utf8("/ipns/ipfs.tech"));
    assertThat(resolve().value()).isEqualTo(Bytes.utf8("/ipns/ipfs.tech"));
  }

  @Test
  void aValueNeedNotBeText() {
    Bytes binary = Bytes.fromHex("ff00fe");
    publish(binary);
    assertThat(resolve().value()).isEqualTo(binary);
  }

  @Test
  void recordsAreRenewedBeforeTheyEndAndBeforeTheyAreDropped() {
    assertThat(PublishTerms.DEFAULT.renewEvery()).isEqualTo(Duration.ofHours(16));
    assertThat(PublishTerms.DEFAULT.withLifetime(Duration.ofDays(365)).renewEvery())
        .isEqualTo(Duration.ofHours(22));
    assertThat(PublishTerms.DEFAULT.withLifetime(Duration.ofMinutes(3)).renewEvery())
        .isEqualTo(Duration.ofMinutes(1));
    assertThat(PublishTerms.DEFAULT.form()).isEqualTo(IpnsRecord.Form.V1_AND_V2);
  }
}
