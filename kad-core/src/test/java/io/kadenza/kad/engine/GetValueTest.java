package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.engine.EngineEffect.Ask;
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
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Three peers are asked for a value.
class GetValueTest {
  private static final Now NOW = new Now(0, Instant.EPOCH);
  private static final Bytes KEY = Bytes.utf8("key");
  private static final Bytes VALUE = Bytes.utf8("value");
  private static final int LARGEST = TestNetwork.CONFIG.records().maxValueBytes();

  private final SplittableRandom random = new SplittableRandom(4);
  private final KadEngine engine =
      new KadEngine(TestNetwork.CONFIG.withTraces(false), Peers.id(random), random.split());
  private final List<Ask> asked = new ArrayList<>();
  private final List<Outcome> outcomes = new ArrayList<>();

  @BeforeEach
  void ask() {
    apply(new EngineInput.Settle(Peers.contacts(3, random), List.of()));
    var get = new Operation.GetValue(KEY, 0);
    apply(new EngineInput.Start(1, get, Duration.ofMinutes(1)));
  }

  /// Whoever names one close peer after another, all of which have one of 4 MiB, must not fill our
  /// memory with them.
  @Test
  void aValueThatIsTooLargeToBeStoredIsNotKept() {
    answer(0, Bytes.wrap(new byte[LARGEST + 1]));
    answer(1, Bytes.wrap(new byte[LARGEST + 1]));
    answer(2, VALUE);
    assertThat(found().answers()).isEqualTo(1);
    assertThat(found().best().map(Record::value)).contains(VALUE);
    // Those that have something else are told.
    assertThat(asked.subList(3, asked.size()))
        .extracting(Ask::request)
        .containsOnly(new KadRequest.PutValue(new Record(KEY, VALUE)))
        .hasSize(2);
  }

  @Test
  void theLargestValueIsFound() {
    Bytes largest = Bytes.wrap(new byte[LARGEST]);
    for (int i = 0; i < 3; i++) {
      answer(i, largest);
    }
    assertThat(found().best().map(Record::value)).contains(largest);
  }

  private Outcome.Value found() {
    return (Outcome.Value) outcomes.getFirst();
  }

  private void answer(int number, Bytes value) {
    var response = new KadResponse.Value(KEY, Optional.of(new Record(KEY, value)), List.of());
    apply(new EngineInput.Answered(asked.get(number).rpcId(), response));
  }

  private void apply(EngineInput input) {
    for (EngineEffect effect : engine.apply(input, NOW)) {
      switch (effect) {
        case Ask ask -> asked.add(ask);
        case EngineEffect.Done(_, var outcome) -> outcomes.add(outcome);
        default -> {}
      }
    }
  }
}
