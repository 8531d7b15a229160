package io.kadenza.bench;

import io.kadenza.multiformats.Multiaddr;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/// A running server. One thread at a time, except for the kernel's accounts.
final class ServerProcess implements AutoCloseable {
  private final PeerProcess process;
  private final boolean tells;
  private final Multiaddr address;

  private ServerProcess(PeerProcess process, boolean tells) {
    this.process = process;
    this.tells = tells;
    this.address = Multiaddr.parse(process.ready().get("addrs").get(0).asString());
  }

  /// Starts a server and waits until it listens.
  static ServerProcess start(Contender contender, Path log) {
    return new ServerProcess(PeerProcess.start(contender.command(), log), contender.tells());
  }

  /// Whether it answers questions; see [Contender].
  boolean tells() {
    return tells;
  }

  Multiaddr address() {
    return address;
  }

  /// What the server said of itself at the start.
  JsonNode ready() {
    return process.ready();
  }

  /// Sends one line and returns the answer.
  String ask(String line) {
    return process.ask(line);
  }

  /// Bytes of heap in use after a collection; 0 for a server that does not tell.
  long heapInUse() {
    return tells ? Long.parseLong(ask("heap")) : 0;
  }

  PeerProcess process() {
    return process;
  }

  double cpuSeconds() {
    return process.cpuSeconds();
  }

  long residentBytes() {
    return process.residentBytes();
  }

  @Override
  public void close() {
    process.close();
  }
}
