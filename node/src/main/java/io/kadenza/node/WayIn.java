package io.kadenza.node;

import io.kadenza.host.Connection;
import io.kadenza.host.Host;
import io.kadenza.host.HostException;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/// Bootstrap addresses, dialled all at once.
///
/// @param reached those who answered, each with the address where it did
/// @param failures one line for each address where nobody answered, or not the peer meant
public record WayIn(List<PeerInfo> reached, List<String> failures) {
  public WayIn {
    reached = List.copyOf(reached);
    failures = List.copyOf(failures);
  }

  private sealed interface Answer {
    record Here(PeerInfo peer) implements Answer {}

    record Nobody(String why) implements Answer {}
  }

  /// Dials every address, and returns when each has answered or failed.
  public static WayIn dial(Host host, List<Multiaddr> addresses, Duration limit) {
    List<PeerInfo> reached = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          addresses.stream()
              .map(a -> CompletableFuture.supplyAsync(() -> dial(host, a, limit), threads))
              .toList();
      for (var answer : answers) {
        switch (answer.join()) {
          case Answer.Here(PeerInfo peer) -> reached.add(peer);
          case Answer.Nobody(String why) -> failures.add(why);
        }
      }
    }
    return new WayIn(reached, failures);
  }

  private static Answer dial(Host host, Multiaddr address, Duration limit) {
    try {
      Connection connection = host.connect(address, limit);
      return new Answer.Here(new PeerInfo(connection.peer(), List.of(address)));
    } catch (HostException e) {
      return new Answer.Nobody(address + ": " + e.getMessage());
    }
  }

  /// All failures in one line.
  public String blame() {
    return String.join("; ", failures);
  }
}
