package io.kadenza.node.cli;

import io.kadenza.node.terminal.Terminal;

/// Where the program begins.
public final class Main {
  private static final String LEAK_DETECTION = "io.netty.leakDetection.level";

  private Main() {}

  public static void main(String[] args) {
    // Netty looks for leaks among one in 128 of its buffers unless it is told not to, for a
    // twentieth of what a server under load takes.
    if (System.getProperty(LEAK_DETECTION) == null) {
      System.setProperty(LEAK_DETECTION, "disabled");
    }
    System.exit(new CommandLineRunner(Terminal.system()).run(args));
  }
}
