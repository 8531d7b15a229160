package io.kadenza.crypto;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kadenza.multiformats.MalformedException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;

/// How what peers send is refused.
final class Refused {
  private Refused() {}

  static ThrowableAssertAlternative<MalformedException> by(ThrowingCallable reader) {
    return assertThatExceptionOfType(MalformedException.class).isThrownBy(reader);
  }
}
