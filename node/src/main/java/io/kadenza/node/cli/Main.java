package io.kadenza.node.cli;

import io.kadenza.node.terminal.Terminal;

/// Where the program begins.
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(new CommandLineRunner(Terminal.system()).run(args));
  }
}
