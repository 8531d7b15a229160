package io.kadenza.node.demo;

import io.kadenza.node.Exit;
import io.kadenza.node.terminal.Terminal;

public final class Demo {
  private final Terminal terminal;
  private final int nodes;

  public Demo(Terminal terminal, int nodes) {
    this.terminal = terminal;
    this.nodes = nodes;
  }

  public Exit run() throws InterruptedException {
    terminal.say(nodes + " nodes");
    return Exit.OK;
  }
}
