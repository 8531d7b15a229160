package io.kadenza.node.cli;

import io.kadenza.host.Connection;
import io.kadenza.host.DialException;
import io.kadenza.host.Host;
import io.kadenza.machine.Deadline;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.node.Exit;
import io.kadenza.node.Failure;
import io.kadenza.node.terminal.Terminal;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How one peer is spoken to, without any DHT.
final class DialOptions {
  @Mixin IdentityOptions identity = new IdentityOptions();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "To connect, and for each answer, such as 500ms, 10s or 2m (default: 10s).")
  Duration timeout = Duration.ofSeconds(10);

  /// Reads an address that can be dialled.
  static Multiaddr address(String text) {
    Multiaddr address = Multiaddr.parse(text);
    DialledAddresses.require(List.of(address));
    return address;
  }

  /// A host that only dials.
  Host host(Terminal terminal) {
    return Host.builder(identity.identity(terminal)).listen(List.of()).start();
  }

  Deadline deadline() {
    return Deadline.after(timeout);
  }

  /// Connects.
  ///
  /// @throws Failure if the time allowed is over first, or else if nobody can be reached
  Connection connect(Host host, Multiaddr where, Deadline deadline) {
    try {
      return host.connect(where, deadline.left());
    } catch (DialException e) {
      throw new Failure(
          deadline.isOver() ? Exit.TIMEOUT : Exit.NO_PEER, String.valueOf(e.getMessage()), e);
    }
  }
}
