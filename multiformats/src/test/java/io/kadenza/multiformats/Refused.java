package io.kadenza.multiformats;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;

/// The one way our parsers fail.
public final class Refused {
  private Refused() {}

  public static ThrowableAssertAlternative<MalformedException> by(ThrowingCallable parser) {
    return assertThatExceptionOfType(MalformedException.class).isThrownBy(parser);
  }
}
