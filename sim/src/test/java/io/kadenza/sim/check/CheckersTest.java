package io.kadenza.sim.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.kad.engine.EngineEffect;
import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.Operation;
import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.engine.PeerOutcome;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.record.HeldValue;
import io.kadenza.kad.record.MemoryProviderStore;
import io.kadenza.kad.record.MemoryRecordStore;
import io.kadenza.kad.record.ProviderStore;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.record.RecordStore;
import io.kadenza.kad.record.Sender;
import io.kadenza.kad.record.StoreVerdict;
import io.kadenza.kad.record.Validators;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.MessageType;
import io.kadenza.kad.table.IpLimits;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.sim.net.Conditions;
import io.kadenza.sim.net.Identities;
import io.kadenza.sim.net.Network;
import io.kadenza.sim.net.Seeds;
import io.kadenza.sim.net.SimNode;
import io.kadenza.sim.net.Storage;
import io.kadenza.sim.net.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Each checker sees what it is there for, on five nodes of which some are broken.
class CheckersTest {
  private static final KadConfig CONFIG =
      KadConfig.DEFAULT.withValidators(Validators.open()).withIpLimits(IpLimits.NONE);

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration TWO_DAYS = Duration.ofHours(49);
  private static final Bytes KEY = Bytes.utf8("/test/key");
  private static final Bytes VALUE = Bytes.utf8("value");

  /// Confirms everything and keeps nothing.
  private static final Storage FORGETFUL = records(store -> new BrokenRecords(store, false, false));

  /// Keeps something else than it was given.
  private static final Storage CONFUSED = records(store -> new BrokenRecords(store, true, false));

  /// Keeps everything for ever.
  private static final Storage ETERNAL =
      new Storage() {
        @Override
        public RecordStore records(KadConfig config) {
          return new BrokenRecords(new MemoryRecordStore(config.records()), false, true);
        }

        @Override
        public ProviderStore providers(KadConfig config, RandomGenerator random) {
          return new EternalProviders(new MemoryProviderStore(config.providers(), random));
        }
      };

  private final Network network = new Network(new Seeds(1), Conditions.DEFAULT, 5);

  private static Storage records(UnaryOperator<RecordStore> breaking) {
    return new Storage() {
      @Override
      public RecordStore records(KadConfig config) {
        return breaking.apply(new MemoryRecordStore(config.records()));
      }
    };
  }

  /// Five nodes that know each other, under the eyes of a checker.
  private Checker watched(Storage storage, Function<Network, Checker> making) {
    return watched(CONFIG, storage, making);
  }

  private Checker watched(KadConfig config, Storage storage, Function<Network, Checker> making) {
    var identities = new Identities(network.seeds().of("ids"));
    Checker checker = making.apply(network);
    network.observe(checker);
    for (int i = 0; i < 5; i++) {
      SimNode node = network.add(identities.next(), config, i == 0 ? Storage.MEMORY : storage);
      if (i > 0) {
        run(node, new Operation.Bootstrap(List.of(first().info())));
      }
    }
    return checker;
  }

  private SimNode first() {
    return network.nodes().getFirst();
  }

  private SimNode last() {
    return network.nodes().getLast();
  }

  private void run(SimNode node, Operation<?> operation) {
    network.start(node, operation, MINUTE);
    pass(MINUTE);
  }

  private void pass(Duration time) {
    network.timeline().runUntil(network.timeline().nanos() + time.toNanos());
  }

  private void put() {
    run(first(), new Operation.PutValue(KEY, VALUE));
  }

  @Test
  void aValueThatIsLostIsMissed() {
    Checker checker = watched(FORGETFUL, AcknowledgedRecords::new);
    put();
    assertThatThrownBy(() -> checker.inspect(network)).hasMessageContaining("has lost a value");
  }

  @Test
  void aValueThatHasChangedIsNoticed() {
    Checker checker = watched(CONFUSED, AcknowledgedRecords::new);
    put();
    assertThatThrownBy(() -> checker.inspect(network)).hasMessageContaining("has another value");
  }

  /// One node fills all stores, and each of the others has a value that makes one of its give way.
  @Test
  void aValueThatGaveWayInAFullStoreIsNotMissed() {
    KadConfig small = CONFIG.withRecords(CONFIG.records().withMaxRecords(4));
    Checker checker = watched(small, Storage.MEMORY, AcknowledgedRecords::new);
    for (int i = 0; i < 4; i++) {
      run(first(), new Operation.PutValue(Bytes.utf8("/test/" + i), VALUE));
    }
    assertThat(last().records().size()).isEqualTo(4);
    run(network.nodes().get(1), new Operation.PutValue(KEY, VALUE));
    assertThat(held(last())).isPresent();
    checker.inspect(network);
    assertThat(last().records().size()).isEqualTo(4);
  }

  @Test
  void theLatestValueHasToBeThereInAFullStoreToo() {
    KadConfig small = CONFIG.withRecords(CONFIG.records().withMaxRecords(1));
    Checker checker = watched(small, FORGETFUL, AcknowledgedRecords::new);
    put();
    assertThatThrownBy(() -> checker.inspect(network)).hasMessageContaining("has lost a value");
  }

  @Test
  void aCopyThatNobodyConfirmedIsNotBelieved() {
    Checker checker = watched(Storage.MEMORY, AcknowledgedRecords::new);
    checker.begun(first(), 99, new Operation.PutValue(KEY, VALUE), MINUTE);
    var invented = new PeerOutcome(last().info(), PeerOutcome.Result.STORED);
    var outcome =
        new Outcome.Stored(
            List.of(invented), StoreVerdict.STORED, "", LookupStats.none(Termination.STOPPED));
    assertThatThrownBy(() -> checker.done(first(), 99, outcome))
        .hasMessageContaining("counts a copy that nobody confirmed");
  }

  @Test
  void whatAClockHasMadeExpireIsNotMissed() {
    Checker checker = watched(Storage.MEMORY, AcknowledgedRecords::new);
    put();
    checker.inspect(network);
    assertThat(held(last())).isPresent();
    network.setClock(last(), new WallClock(TWO_DAYS, 0));
    assertThat(held(last())).isEmpty();
    network.setClock(last(), new WallClock(Duration.ZERO, 0));
    assertThat(held(last())).isEmpty();
    checker.inspect(network);
  }

  private Optional<Record> held(SimNode node) {
    return node.records().get(KEY, network.now(node).wall());
  }

  @Test
  void anExpiredValueIsNotHandedOutUnseen() {
    watched(ETERNAL, NothingExpired::new);
    put();
    pass(TWO_DAYS);
    assertThatThrownBy(() -> run(last(), new Operation.GetValue(KEY, 0)))
        .isInstanceOf(Violation.class)
        .hasMessageContaining("expiry");
  }

  @Test
  void anExpiredProviderIsNotHandedOutUnseen() {
    watched(ETERNAL, NothingExpired::new);
    run(first(), new Operation.Provide(KEY));
    pass(TWO_DAYS);
    assertThatThrownBy(() -> run(last(), new Operation.FindProviders(KEY, 0)))
        .isInstanceOf(Violation.class)
        .hasMessageContaining("expiry");
  }

  @Test
  void expiryIsJudgedByTheClockOfWhoKeeps() {
    watched(ETERNAL, NothingExpired::new);
    put();
    run(last(), new Operation.GetValue(KEY, 0));
    network.setClock(network.nodes().get(2), new WallClock(TWO_DAYS, 0));
    assertThatThrownBy(() -> run(last(), new Operation.GetValue(KEY, 0)))
        .hasMessageContaining("expiry: node 2");
  }

  @Test
  void whatExpiresInTimeBreaksNoRule() {
    watched(Storage.MEMORY, NothingExpired::new);
    put();
    run(first(), new Operation.Provide(KEY));
    pass(TWO_DAYS);
    run(last(), new Operation.GetValue(KEY, 0));
    run(last(), new Operation.FindProviders(KEY, 0));
  }

  @Test
  void aRequestThatAnEngineHasForgottenIsCounted() {
    Checker checker = watched(Storage.MEMORY, NothingLeftOpen::new);
    checker.inspect(network);
    var question = new KadRequest.FindNode(KEY);
    checker.asked(first(), new EngineEffect.Ask(99, last().info(), question, MINUTE));
    assertThatThrownBy(() -> checker.inspect(network))
        .hasMessageContaining("counts 0 requests in flight; 1 are");
  }

  @Test
  void anOperationMustEndInTimeAndOnce() {
    Checker checker = watched(Storage.MEMORY, NothingLeftOpen::new);
    checker.begun(first(), 99, new Operation.Refresh(), MINUTE);
    checker.inspect(network);
    pass(MINUTE.plusSeconds(1));
    assertThatThrownBy(() -> checker.inspect(network)).hasMessageContaining("has not ended");
    var outcome = new Outcome.Refreshed(0, LookupStats.none(Termination.STOPPED));
    checker.done(first(), 99, outcome);
    assertThatThrownBy(() -> checker.done(first(), 99, outcome)).hasMessageContaining("again");
  }

  @Test
  void aWalkThatWaitsForTooManyIsCaught() {
    var checker = new AlphaBound(2, 1);
    watched(Storage.MEMORY, NothingLeftOpen::new);
    var contacts = network.nodes().stream().map(SimNode::contact).toList();
    checker.happened(
        first(),
        new EngineEvent.LookupStarted(
            99, 1, MessageType.FIND_NODE, KEY, KadKey.of(KEY), List.of()));
    for (int i = 0; i < 2; i++) {
      checker.happened(first(), new EngineEvent.LookupAsked(99, contacts.get(i), MINUTE));
    }
    checker.happened(first(), new EngineEvent.LookupSlow(99, contacts.get(0), MINUTE));
    checker.happened(first(), new EngineEvent.LookupAsked(99, contacts.get(2), MINUTE));
    assertThatThrownBy(() ->
            checker.happened(first(), new EngineEvent.LookupAsked(99, contacts.get(3), MINUTE)))
        .hasMessageContaining("waits for 3 at a time on walk 99; 2 are allowed");
    assertThatThrownBy(() ->
            checker.happened(first(), new EngineEvent.LookupSlow(99, contacts.get(1), MINUTE)))
        .hasMessageContaining("has among slow peers 2 at a time");
  }

  @Test
  void tablesThatHaveForgottenEverybodyDoNotAgree() {
    Duration begin = Duration.ofMinutes(10);
    Duration end = begin.plus(MINUTE);
    Checker checker =
        watched(
            Storage.MEMORY, _ -> new TablesAgree(List.of(new TablesAgree.Cut(begin, end)), MINUTE));
    checker.inspect(network);
    network.timeline().runUntil(end.toNanos());
    network.nodes().forEach(network::stop);
    network.nodes().forEach(network::restart);
    checker.inspect(network);
    pass(MINUTE);
    assertThatThrownBy(() -> checker.inspect(network))
        .hasMessageContaining("nodes know 0.0 %, 60 s after a partition has healed; before it 100");
  }

  /// @param confused keeps another value than it is given
  /// @param eternal forgets nothing; a store that is neither forgets everything
  private record BrokenRecords(RecordStore store, boolean confused, boolean eternal)
      implements RecordStore {
    @Override
    public Optional<Record> get(Bytes key, Instant now) {
      return confused || eternal ? store.get(key, Instant.MIN) : Optional.empty();
    }

    @Override
    public StoreVerdict put(Record record, Sender from, Instant now, Instant until) {
      Record kept = confused ? new Record(record.key(), Bytes.utf8("?")) : record;
      return store.put(kept, from, now, until);
    }

    @Override
    public Optional<HeldValue> held(Bytes key, Instant now) {
      return store.held(key, now);
    }

    @Override
    public List<HeldValue> list(Bytes after, int limit, Instant now) {
      return store.list(after, limit, now);
    }

    @Override
    public int size() {
      return store.size();
    }

    @Override
    public long bytes() {
      return store.bytes();
    }

    @Override
    public void sweep(Instant now) {}
  }

  private record EternalProviders(ProviderStore store) implements ProviderStore {
    @Override
    public StoreVerdict add(Bytes key, PeerInfo provider, Sender from, Instant now) {
      return store.add(key, provider, from, now);
    }

    @Override
    public List<PeerInfo> get(Bytes key, RandomGenerator random, Instant now) {
      return store.get(key, random, Instant.MIN);
    }

    @Override
    public List<PeerInfo> held(Bytes key, Instant now) {
      return store.held(key, now);
    }

    @Override
    public boolean remove(Bytes key, PeerId provider) {
      return store.remove(key, provider);
    }

    @Override
    public int size() {
      return store.size();
    }

    @Override
    public boolean sweep(Instant now) {
      return false;
    }
  }
}
