package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.engine.PeerOutcome.Result;
import io.kadenza.kad.net.TestNetwork;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What the one peer there is says to a value that it is to store.
class EchoTest {
  private static final Bytes KEY = Bytes.utf8("key");
  private static final Record RECORD = new Record(KEY, Bytes.utf8("value"));

  private Result saidTo(KadResponse echo) {
    var engine = new LoneEngine(TestNetwork.CONFIG, 1, new SplittableRandom(4));
    engine.start(new Operation.PutValue(KEY, RECORD.value()));
    engine.answer(0, new KadResponse.Closer(List.of()));
    assertThat(engine.asked.get(1).request()).isEqualTo(new KadRequest.PutValue(RECORD));
    engine.answer(1, echo);
    return engine.outcome(Outcome.Stored.class).perPeer().getFirst().result();
  }

  @Test
  void rule06AnEchoOfTheValueIsAcceptance() {
    assertThat(saidTo(new KadResponse.Stored(KEY, Optional.of(RECORD)))).isEqualTo(Result.STORED);
  }

  @Test
  void rule06AnEchoOfAnotherValueIsNone() {
    var other = Optional.of(new Record(KEY, Bytes.utf8("other")));
    assertThat(saidTo(new KadResponse.Stored(KEY, other))).isEqualTo(Result.REFUSED);
  }

  @Test
  void rule06WithoutARecordTheKeyIsEnoughAndWithoutBothPyHasRefused() {
    assertThat(saidTo(new KadResponse.Stored(KEY, Optional.empty()))).isEqualTo(Result.STORED);
    assertThat(saidTo(new KadResponse.Stored(Bytes.EMPTY, Optional.empty())))
        .isEqualTo(Result.REFUSED);
  }
}
