package io.kadenza.node.interop;

import io.kadenza.kad.record.Validator;
import io.kadenza.kad.record.Verdict;
import io.kadenza.multiformats.Bytes;
import java.time.Instant;
import java.util.List;

/// Takes every value, and considers the first of several the best.
final class FirstIsBest implements Validator {
  @Override
  public Verdict validate(Bytes key, Bytes value, Instant now) {
    return Verdict.valid();
  }

  @Override
  public int select(Bytes key, List<Bytes> values) {
    return 0;
  }
}
