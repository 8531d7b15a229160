package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.net.TestNetwork;
import io.kadenza.kad.net.TestNetwork.Fault;
import io.kadenza.kad.net.TestNode;
import io.kadenza.kad.provide.OwnValue;
import io.kadenza.kad.provide.ProvideLimits;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.record.RecordLimits;
import io.kadenza.kad.record.StoreVerdict;
import io.kadenza.kad.record.Validator;
import io.kadenza.kad.record.Validators;
import io.kadenza.kad.record.Verdict;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.multiformats.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Published values are stored again by their owner, and by nobody else.
class RepublishTest {
  private static final Duration INTERVAL = Duration.ofHours(4);
  private static final Bytes KEY = Bytes.utf8("/v/key");
  private static final Bytes VALUE = Bytes.utf8("7 value");
  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  /// A value says with its first character after how many hours from the epoch it expires.
  private static final Validator HOURS =
      new Validator() {
        @Override
        public Verdict validate(Bytes key, Bytes value, Instant now) {
          Instant end = EPOCH.plus(Duration.ofHours(value.at(0) - '0'));
          return now.isBefore(end) ? new Verdict.Valid(end) : new Verdict.Invalid("it is over");
        }

        @Override
        public int select(Bytes key, List<Bytes> values) {
          int best = 0;
          for (int i = 1; i < values.size(); i++) {
            best = values.get(i).compareTo(values.get(best)) > 0 ? i : best;
          }
          return best;
        }
      };

  private static final KadConfig CONFIG =
      TestNetwork.CONFIG
          .withValidators(Validators.strict().with("v", HOURS))
          .withReprovideInterval(INTERVAL)
          .withRefreshInterval(Duration.ofHours(100));

  private final TestNetwork net = new TestNetwork(1, CONFIG);
  private final List<TestNode> nodes = net.servers(8);
  private final TestNode owner = nodes.get(3);
  private int puts;

  private void countPuts() {
    net.faults =
        (_, request) -> {
          puts += request instanceof KadRequest.PutValue ? 1 : 0;
          return Fault.NONE;
        };
  }

  private List<OwnValue> published(TestNode node) {
    return node.engine.inspect(net.now()).published();
  }

  private Outcome.Stored publish(Bytes value) {
    return net.run(owner, new Operation.Publish(KEY, value));
  }

  @Test
  void aPublishedValueIsStoredAgainOncePerIntervalUntilItExpires() {
    countPuts();
    assertThat(publish(Bytes.utf8("9 value")).copies()).isEqualTo(7);
    assertThat(puts).isEqualTo(7);
    net.runFor(Duration.ofHours(3));
    assertThat(puts).isEqualTo(7);
    net.runFor(Duration.ofMinutes(70));
    assertThat(puts).isEqualTo(14);
    net.runFor(Duration.ofHours(4));
    assertThat(puts).isEqualTo(21);
    net.runFor(Duration.ofHours(10));
    assertThat(puts).isEqualTo(21);
    assertThat(published(owner)).isEmpty();
    assertThat(owner.events(EngineEvent.ValueDropped.class))
        .containsExactly(new EngineEvent.ValueDropped(KEY, "it is over"));
  }

  @Test
  void t45WhatWasPublishedWhileTheClockWasAheadIsStoredAgainOnceItIsSetRight() {
    net.setClocks(Duration.ofHours(4));
    publish(Bytes.utf8("9 value"));
    net.setClocks(Duration.ofHours(-4));
    countPuts();
    net.runFor(INTERVAL.plusMinutes(10));
    assertThat(puts).isPositive();
  }

  @Test
  void whatIsOnlyPutIsNotStoredAgain() {
    countPuts();
    net.run(owner, new Operation.PutValue(KEY, VALUE));
    net.runFor(INTERVAL.multipliedBy(2));
    assertThat(puts).isEqualTo(7);
  }

  @Test
  void whatIsNotPublishedAnyMoreIsNotStoredAgain() {
    countPuts();
    publish(VALUE);
    var ended = net.run(owner, new Operation.Unpublish(KEY));
    assertThat(ended.known()).isTrue();
    assertThat(net.run(owner, new Operation.Unpublish(KEY)).known()).isFalse();
    net.runFor(INTERVAL.multipliedBy(2));
    assertThat(puts).isEqualTo(7);
  }

  @Test
  void aValueThatIsWorseThanOneHereIsNeitherPublishedNorKept() {
    publish(Bytes.utf8("8 better"));
    Outcome.Stored worse = publish(VALUE);
    assertThat(worse.local()).isEqualTo(StoreVerdict.OUTDATED);
    assertThat(published(owner))
        .extracting(OwnValue::value)
        .containsExactly(Bytes.utf8("8 better"));
    assertThat(publish(Bytes.utf8("0 over")).local()).isEqualTo(StoreVerdict.INVALID);
    assertThat(published(owner)).hasSize(1);
  }

  @Test
  void whoeverStoresABetterValueHereEndsOurs() {
    publish(VALUE);
    net.run(nodes.get(5), new Operation.PutValue(KEY, Bytes.utf8("8 from another")));
    net.runFor(INTERVAL.plusMinutes(30));
    assertThat(published(owner)).isEmpty();
    assertThat(owner.events(EngineEvent.ValueDropped.class)).hasSize(1);
  }

  @Test
  void whatNobodyTookIsTriedAgainSoon() {
    net.faults = (_, request) -> request instanceof KadRequest.PutValue ? Fault.RESET : Fault.NONE;
    assertThat(publish(VALUE).copies()).isZero();
    assertThat(published(owner).getFirst().stored()).isEmpty();
    countPuts();
    net.runFor(Duration.ofMinutes(5));
    assertThat(puts).isEqualTo(7);
    assertThat(published(owner).getFirst().stored()).isPresent();
  }

  @Test
  void whatNobodyTakesKeepsNoOtherValueWaiting() {
    Bytes unwanted = Bytes.utf8("/v/a");
    assertThat(unwanted).isLessThan(KEY);
    Bytes lasting = Bytes.utf8("9 value");
    publish(lasting);
    net.run(owner, new Operation.Publish(unwanted, lasting));
    net.faults =
        (_, request) -> {
          boolean stores = request instanceof KadRequest.PutValue;
          puts += stores ? 1 : 0;
          return stores && request.key().equals(unwanted) ? Fault.RESET : Fault.NONE;
        };

    net.runFor(INTERVAL.plusMinutes(10));

    assertThat(puts).isBetween(3 * 7, 10 * 7);
    Instant before = net.now().wall().minus(Duration.ofMinutes(20));
    assertThat(published(owner))
        .filteredOn(value -> value.key().equals(KEY))
        .singleElement()
        .satisfies(value -> assertThat(value.stored().orElseThrow()).isAfter(before));
  }

  @Test
  void whatReplacesAValueThatIsBeingStoredIsNotTakenForStored() {
    Bytes better = Bytes.utf8("8 better");
    net.faults =
        (_, request) ->
            request instanceof KadRequest.PutValue put && put.record().value().equals(better)
                ? Fault.RESET
                : Fault.NONE;
    net.start(owner, new Operation.Publish(KEY, VALUE), Duration.ofSeconds(20));
    net.start(owner, new Operation.Publish(KEY, better), Duration.ofSeconds(20));
    net.runFor(Duration.ofSeconds(20));
    assertThat(published(owner)).hasSize(1);
    assertThat(published(owner).getFirst().value()).isEqualTo(better);
    assertThat(published(owner).getFirst().stored()).isEmpty();
  }

  @Test
  void aRestartForgetsNoPublishedValue() {
    publish(VALUE);
    net.runFor(Duration.ofHours(1));
    net.restart(owner);
    net.run(owner, new Operation.Bootstrap(List.of(nodes.getFirst().info())));
    countPuts();
    net.runFor(Duration.ofHours(2));
    assertThat(puts).isZero();
    net.runFor(Duration.ofMinutes(90));
    assertThat(puts).isEqualTo(7);
  }

  @Test
  void publishedValuesAreBounded() {
    TestNode small =
        net.add(TestNetwork.CONFIG.withProvide(ProvideLimits.DEFAULT.withMaxValues(1, 1_000)));
    net.run(small, new Operation.Bootstrap(List.of(nodes.getFirst().info())));
    net.run(small, new Operation.Publish(Bytes.utf8("a"), VALUE));
    var second = net.run(small, new Operation.Publish(Bytes.utf8("b"), VALUE));
    assertThat(second.local()).isEqualTo(StoreVerdict.FULL);
    assertThat(second.perPeer()).isEmpty();
    assertThat(published(small)).hasSize(1);
  }

  /// The store for others' values has room for one of ours.
  @Test
  void whatIsPublishedIsKnownHereAlsoWhereThereIsNoRoomForItAmongOthersValues() {
    TestNode small = net.add(CONFIG.withRecords(RecordLimits.DEFAULT.withPerPeer(1, 1 << 20)));
    net.run(small, new Operation.Publish(Bytes.utf8("/v/a"), VALUE));
    Bytes better = Bytes.utf8("8 better");
    assertThat(net.run(small, new Operation.Publish(KEY, better)).local())
        .isEqualTo(StoreVerdict.QUOTA);

    var worse = net.run(small, new Operation.Publish(KEY, VALUE));
    var found = net.run(small, new Operation.GetValue(KEY, 1));

    assertThat(worse.local()).isEqualTo(StoreVerdict.OUTDATED);
    assertThat(found.best().map(Record::value)).contains(better);
    assertThat(published(small)).extracting(OwnValue::value).containsExactly(VALUE, better);
  }

  @Test
  void whatIsKeptForOthersAndWhatIsPublishedComeFromOneAndTheSame() {
    publish(VALUE);
    var better = new Record(KEY, Bytes.utf8("8 better"));
    var put = new EngineInput.Inbound(1, nodes.get(5).info(), new KadRequest.PutValue(better));
    owner.engine.apply(put, net.now());

    var found = net.run(owner, new Operation.GetValue(KEY, 2));

    assertThat(found.best().map(Record::value)).contains(better.value());
    assertThat(found.answers()).isEqualTo(2);
  }
}
