package io.kadenza.sim.scenario;

import io.kadenza.kad.record.Validator;
import io.kadenza.kad.record.Verdict;
import io.kadenza.multiformats.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// Values that begin with a version, of which the newest is the best: like IPNS records, without a
/// signature. Liars can hold old ones back and cannot make newer ones up.
public final class NewestVersion implements Validator {
  /// Of the keys whose values these are.
  public static final String NAMESPACE = "seq";

  private static final int DIGITS = 6;

  NewestVersion() {}

  /// The value of a key in this version.
  public static Bytes value(int version, Bytes key) {
    return Bytes.utf8(String.format(Locale.ROOT, "%0" + DIGITS + "d of %s", version, key));
  }

  @Override
  public Verdict validate(Bytes key, Bytes value, Instant now) {
    int version = version(value);
    return version >= 0 && value.equals(value(version, key))
        ? Verdict.valid()
        : Verdict.invalid("a value is '000000 of KEY'");
  }

  @Override
  public int select(Bytes key, List<Bytes> values) {
    int best = 0;
    for (int i = 1; i < values.size(); i++) {
      if (version(values.get(i)) > version(values.get(best))) {
        best = i;
      }
    }
    return best;
  }

  /// Negative if there is none.
  private static int version(Bytes value) {
    int version = value.size() < DIGITS ? -1 : 0;
    for (int i = 0; i < DIGITS && version >= 0; i++) {
      int digit = value.at(i) - '0';
      version = digit < 0 || digit > 9 ? -1 : 10 * version + digit;
    }
    return version;
  }
}
