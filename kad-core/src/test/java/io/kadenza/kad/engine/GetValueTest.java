package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.engine.EngineEffect.Ask;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.net.TestNetwork;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Three peers are asked for a value.
class GetValueTest {
  private static final Bytes KEY = Bytes.utf8("key");
  private static final Bytes VALUE = Bytes.utf8("value");
  private static final int LARGEST = TestNetwork.CONFIG.records().maxValueBytes();

  private final SplittableRandom random = new SplittableRandom(4);
  private final LoneEngine engine = new LoneEngine(TestNetwork.CONFIG, 3, random);

  @BeforeEach
  void ask() {
    engine.start(new Operation.GetValue(KEY, 0));
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
    assertThat(engine.asked.subList(3, engine.asked.size()))
        .extracting(Ask::request)
        .containsOnly(new KadRequest.PutValue(new Record(KEY, VALUE)))
        .hasSize(2);
  }

  @Test
  void whoHasSomethingInvalidIsToldAlsoWhenAQuorumEndsTheWalk() {
    var hasty = new LoneEngine(TestNetwork.CONFIG, 3, random);
    hasty.start(new Operation.GetValue(KEY, 2));
    var invalid = new Record(KEY, Bytes.wrap(new byte[LARGEST + 1]));
    hasty.answer(2, new KadResponse.Value(KEY, Optional.of(invalid), List.of()));
    for (int i = 0; i < 2; i++) {
      var valid = new Record(KEY, VALUE);
      hasty.answer(i, new KadResponse.Value(KEY, Optional.of(valid), List.of()));
    }
    assertThat(hasty.asked.subList(3, hasty.asked.size()))
        .as("the farthest, who need not have it")
        .extracting(Ask::to)
        .containsExactly(hasty.asked.get(2).to());
  }

  @Test
  void whoWasOnlyAskedForTheWayIsNotMadeToKeepTheValueWhenTheTimeIsOver() {
    var hasty = new LoneEngine(TestNetwork.CONFIG, 3, random);
    var limit = Duration.ofMillis(100);
    hasty.start(new Operation.GetValue(KEY, 0), limit);
    var held = Optional.of(new Record(KEY, VALUE));
    hasty.answer(1, new KadResponse.Value(KEY, held, List.of()));
    hasty.answer(2, new KadResponse.Value(KEY, Optional.empty(), List.of()));
    hasty.pass(limit);

    var found = hasty.outcome(Outcome.Value.class);
    assertThat(found.stats().reason()).isEqualTo(Termination.TIMED_OUT);
    assertThat(found.best()).isEqualTo(held);
    assertThat(hasty.asked).as("only the three").hasSize(3);
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
    return engine.outcome(Outcome.Value.class);
  }

  private void answer(int number, Bytes value) {
    var record = Optional.of(new Record(KEY, value));
    engine.answer(number, new KadResponse.Value(KEY, record, List.of()));
  }
}
