package io.kadenza.kad.engine;

import io.kadenza.kad.engine.EngineEffect.Ask;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.machine.Now;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// One engine without a network: the test itself is everybody whom it asks. Time stands still but
/// for [#pass].
final class LoneEngine {
  /// What it has asked, in order.
  final List<Ask> asked = new ArrayList<>();

  private final List<Finding> findings = new ArrayList<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final KadEngine engine;
  private Now now = new Now(0, Instant.EPOCH);

  /// @param servers how many peers it has in its table
  LoneEngine(KadConfig config, int servers, RandomGenerator random) {
    engine = new KadEngine(config.withTraces(false), Peers.id(random), random);
    apply(new EngineInput.Converge(Peers.contacts(servers, random), List.of()));
  }

  void start(Operation<?> operation) {
    start(operation, Duration.ofMinutes(1));
  }

  void start(Operation<?> operation, Duration limit) {
    apply(new EngineInput.Start(1, operation, limit));
  }

  void pass(Duration time) {
    now = now.plus(time);
    engine.tick(now).forEach(this::perform);
  }

  /// Answers the request of that number.
  void answer(int number, KadResponse response) {
    apply(new EngineInput.Answered(asked.get(number).rpcId(), response));
  }

  private void apply(EngineInput input) {
    engine.apply(input, now).forEach(this::perform);
  }

  private void perform(EngineEffect effect) {
    switch (effect) {
      case Ask ask -> asked.add(ask);
      case EngineEffect.Progress(_, var finding) -> findings.add(finding);
      case EngineEffect.Done(_, var outcome) -> outcomes.add(outcome);
      default -> {}
    }
  }

  <T extends Finding> List<T> findings(Class<T> kind) {
    return findings.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /// How the operation ended.
  <T extends Outcome> T outcome(Class<T> kind) {
    return kind.cast(outcomes.getFirst());
  }
}
