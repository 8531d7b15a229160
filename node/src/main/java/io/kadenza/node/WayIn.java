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
  private static final Duration IDENTIFY = Duration.ofSeconds(2);
  private static final int EVENTS = 64;

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

  /// Waits until all who answered have said what they are, for two seconds at most: whoever looks
  /// for the reason why nobody is known wants to know that first.
  public void awaitIdentified(Host host, Duration limit) {
    var deadline = Deadline.after(limit.compareTo(IDENTIFY) < 0 ? limit : IDENTIFY);
    try (var events = host.events(EVENTS)) {
      while (!reached.stream().allMatch(p -> host.peerstore().identification(p.id()).isPresent())
          && events.next(deadline.left()).isPresent()) {
        // Any event may be the one.
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /// All failures in one line.
  public String blame() {
    return String.join("; ", failures);
  }
}
