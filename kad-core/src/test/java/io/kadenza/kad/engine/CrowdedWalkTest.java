package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.engine.EngineEffect.Ask;
import io.kadenza.kad.engine.EngineInput.Converge.Walked;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.lookup.LookupConfig;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.net.TestNetwork;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A walk has asked three peers on its way. The first has named three that crowd around the key,
/// all of whom have answered; so it looks around in the region, and the other two are still silent.
class CrowdedWalkTest {
  private static final KadConfig CONFIG =
      TestNetwork.CONFIG
          .withMode(Mode.CLIENT)
          .withLookup(LookupConfig.DEFAULT.withK(3).withHedged(false))
          .withTraces(false);

  private static final int SERVERS = 300;
  private static final Bytes KEY = Bytes.utf8("/censored/key");
  private static final Bytes VALUE = Bytes.utf8("value");
  private static final KadKey TARGET = KadKey.of(KEY);
  private static final Now NOW = new Now(0, Instant.EPOCH);

  private final SplittableRandom random = new SplittableRandom(4);
  private final KadEngine engine = new KadEngine(CONFIG, Peers.id(random), random.split());
  private final List<Contact> way = placed(3, 0.6, 1);
  private final List<Contact> crowd = placed(3, 0, 0.002);
  private final List<Ask> open = new ArrayList<>();
  private final List<Outcome> outcomes = new ArrayList<>();

  @Test
  void aValueThatComesMeanwhileCounts() {
    comeToTheCrowd(new Operation.GetValue(KEY, 0));
    answer(way.get(1), Optional.of(VALUE));
    answerAll();
    var value = (Outcome.Value) outcomes.getFirst();
    assertThat(value.best().map(Record::value)).contains(VALUE);
    assertThat(value.stats().answered()).isEqualTo(6);
  }

  @Test
  void aValueThatIsEnoughEndsIt() {
    comeToTheCrowd(new Operation.GetValue(KEY, 1));
    answer(way.get(1), Optional.of(VALUE));
    assertThat(outcomes).hasSize(1);
    assertThat(outcomes.getFirst().stats().reason()).isEqualTo(Termination.STOPPED);
  }

  @Test
  void whoeverIsNamedMeanwhileIsAsked() {
    comeToTheCrowd(new Operation.GetValue(KEY, 0));
    Contact honest = placed(1, 0.004, 0.01).getFirst();
    answer(way.get(1), Optional.empty(), honest);
    answer(honest, Optional.of(VALUE));
    answerAll();
    assertThat(((Outcome.Value) outcomes.getFirst()).best().map(Record::value)).contains(VALUE);
  }

  @Test
  void whoIsCancelledMeanwhileStoresNothingMore() {
    comeToTheCrowd(new Operation.PutValue(KEY, VALUE));
    apply(new EngineInput.Cancel(1));
    assertThat(outcomes).hasSize(1);
    assertThat(outcomes.getFirst().stats().reason()).isEqualTo(Termination.CANCELLED);
    assertThat(open).noneMatch(ask -> ask.request() instanceof KadRequest.PutValue);
  }

  private void comeToTheCrowd(Operation<?> operation) {
    apply(new EngineInput.Converge(way, walks()));
    apply(new EngineInput.Start(1, operation, Duration.ofMinutes(1)));
    answer(way.getFirst(), Optional.empty(), crowd.toArray(Contact[]::new));
    crowd.forEach(peer -> answer(peer, Optional.empty()));
    assertThat(outcomes).isEmpty();
    assertThat(open).anyMatch(ask -> !ask.request().key().equals(KEY));
  }

  /// Peers whose distance from the key is in these bounds, the closest first.
  private List<Contact> placed(int count, double from, double to) {
    return Stream.generate(() -> Peers.contact(random))
        .filter(peer -> TARGET.distance(peer.key()).fraction() >= from)
        .filter(peer -> TARGET.distance(peer.key()).fraction() < to)
        .limit(count)
        .sorted(Comparator.comparing(peer -> TARGET.distance(peer.key())))
        .toList();
  }

  /// From which the size of the network is known.
  private List<Walked> walks() {
    List<Contact> servers = Peers.contacts(SERVERS, random);
    return Stream.generate(() -> KadKey.of(Peers.key(random)))
        .limit(6)
        .map(target -> new Walked(target, closest(servers, target)))
        .toList();
  }

  private static List<Contact> closest(List<Contact> servers, KadKey target) {
    return servers.stream()
        .sorted(Comparator.comparing(server -> target.distance(server.key())))
        .limit(CONFIG.k())
        .toList();
  }

  /// Answers what the walk has asked a peer.
  private void answer(Contact from, Optional<Bytes> value, Contact... closer) {
    Ask ask =
        open.stream()
            .filter(one -> one.to().id().equals(from.id()) && one.request().key().equals(KEY))
            .filter(one -> !(one.request() instanceof KadRequest.PutValue))
            .findFirst()
            .orElseThrow();
    open.remove(ask);
    apply(new EngineInput.Answered(ask.rpcId(), response(ask, value, List.of(closer))));
  }

  private static KadResponse response(Ask ask, Optional<Bytes> value, List<Contact> closer) {
    return ask.request() instanceof KadRequest.GetValue get
        ? new KadResponse.Value(get.key(), value.map(v -> new Record(KEY, v)), closer)
        : new KadResponse.Closer(closer);
  }

  /// Everybody else knows nothing.
  private void answerAll() {
    while (!open.isEmpty()) {
      Ask ask = open.removeFirst();
      apply(new EngineInput.Answered(ask.rpcId(), response(ask, Optional.empty(), List.of())));
    }
  }

  private void apply(EngineInput input) {
    for (EngineEffect effect : engine.apply(input, NOW)) {
      switch (effect) {
        case Ask ask -> open.add(ask);
        case EngineEffect.Abandon(var rpcId) -> open.removeIf(ask -> ask.rpcId() == rpcId);
        case EngineEffect.Done(_, var outcome) -> outcomes.add(outcome);
        default -> {}
      }
    }
  }
}
