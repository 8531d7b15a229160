package io.kadenza.node.terminal;

import java.util.Map;

/// Colours, or none: none when nobody looks, and when `NO_COLOR` is "present and not an empty
/// string (regardless of its value)" (no-color.org).
public final class Palette {
  private static final String RESET = "\u001b[0m";

  private final boolean coloured;

  private Palette(boolean coloured) {
    this.coloured = coloured;
  }

  static Palette of(boolean tty, Map<String, String> environment) {
    return new Palette(
        tty
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !"dumb".equals(environment.get("TERM")));
  }

  public String bold(String text) {
    return paint("1", text);
  }

  public String dim(String text) {
    return paint("2", text);
  }

  public String red(String text) {
    return paint("31", text);
  }

  public String green(String text) {
    return paint("32", text);
  }

  public String yellow(String text) {
    return paint("33", text);
  }

  public String cyan(String text) {
    return paint("36", text);
  }

  private String paint(String code, String text) {
    return coloured ? "\u001b[" + code + "m" + text + RESET : text;
  }
}
