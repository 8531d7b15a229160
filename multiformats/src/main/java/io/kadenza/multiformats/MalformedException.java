package io.kadenza.multiformats;

/// The one failure of every parser here: the input breaks the format. The message says how and,
/// where a person may have typed the input, what to write instead. Input is quoted through
/// [#quote], so a message can be logged as it is.
public class MalformedException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /// Long enough to recognise an address or a peer id, short enough for one log line.
  private static final int MAX_QUOTED = 80;

  public MalformedException(String message) {
    super(message);
  }

  /// The same failure for bytes off the wire, without a stack trace: a peer can send thousands of
  /// malformed values a second, and the trace, which only shows our own decoder, costs a hundred
  /// times the check.
  public static MalformedException onWire(String message) {
    return new Traceless(message);
  }

  /// The input between quotes, cut to about 80 characters, with everything that could steer a
  /// terminal or forge a log line escaped: controls, line separators, bidirectional overrides, lone
  /// surrogates.
  public static String quote(CharSequence input) {
    var out = new StringBuilder(MAX_QUOTED + 16).append('"');
    int i = 0;
    while (i < input.length() && out.length() <= MAX_QUOTED) {
      int c = Character.codePointAt(input, i);
      i += Character.charCount(c);
      if (c == '"' || c == '\\') {
        out.append('\\').appendCodePoint(c);
      } else if (Printable.is(c)) {
        out.appendCodePoint(c);
      } else {
        out.append(String.format("\\u{%x}", c));
      }
    }
    return out.append(i < input.length() ? "…\"" : "\"").toString();
  }

  private static final class Traceless extends MalformedException {
    private static final long serialVersionUID = 1L;

    Traceless(String message) {
      super(message);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }
}
