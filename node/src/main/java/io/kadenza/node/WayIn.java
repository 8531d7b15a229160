package io.kadenza.node;

import io.kadenza.host.Connection;
import io.kadenza.host.Host;
import io.kadenza.host.HostException;
import io.kadenza.machine.Deadline;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Bootstrap addresses, dialled all at once.
///
/// @param reached those who answered, each once, with the addresses where it did
/// @param missed the addresses where nobody answered, or not the peer meant, or not yet
public record WayIn(List<PeerInfo> reached, List<Missed> missed) {
  private static final Duration LATE = Duration.ofSeconds(1);
  private static final Duration IDENTIFY = Duration.ofSeconds(2);
  private static final int EVENTS = 64;

  public WayIn {
    reached = List.copyOf(reached);
    missed = List.copyOf(missed);
  }

  sealed interface Answer {}

  record Here(PeerInfo peer) implements Answer {}

  /// An address that led to nobody.
  public record Missed(Seed seed, String why) implements Answer {
    @Override
    public String toString() {
      return seed + ": " + why;
    }
  }

  /// Dials every address, and returns when each has answered or failed, or a second after the first
  /// has answered: a machine that takes connections and says nothing keeps its dial waiting for
  /// long. Those that are late are dialled on.
  public static WayIn dial(Host host, List<Seed> seeds, Duration limit) {
    Map<PeerId, List<Multiaddr>> known = addresses(seeds);
    var first = new CompletableFuture<Here>();
    Map<Seed, CompletableFuture<Answer>> answers = new LinkedHashMap<>();
    for (Seed seed : seeds) {
      var answer =
          CompletableFuture.supplyAsync(
              () -> dial(host, seed, known, limit), Thread::startVirtualThread);
      answers.put(seed, answer);
      var _ =
          answer.thenAccept(said -> {
            if (said instanceof Here here) {
              first.complete(here);
            }
          });
    }
    var all = CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new));
    CompletableFuture.anyOf(first, all).join();
    all.completeOnTimeout(null, LATE.toMillis(), TimeUnit.MILLISECONDS).join();
    return of(answers);
  }

  /// All addresses of each peer that is meant.
  private static Map<PeerId, List<Multiaddr>> addresses(List<Seed> seeds) {
    var all = new HashMap<PeerId, List<Multiaddr>>();
    for (Seed seed : seeds) {
      Optional<PeerId> meant = seed.address().peerId();
      meant.ifPresent(
          peer -> all.computeIfAbsent(peer, _ -> new ArrayList<>()).add(seed.address()));
    }
    return all;
  }

  /// What has been said by now.
  private static WayIn of(Map<Seed, CompletableFuture<Answer>> answers) {
    var reached = new LinkedHashMap<PeerId, PeerInfo>();
    List<Missed> missed = new ArrayList<>();
    answers.forEach((seed, answer) -> {
      switch (answer.getNow(new Missed(seed, "no answer yet, going on without it"))) {
        case Here(PeerInfo peer) -> reached.merge(peer.id(), peer, WayIn::together);
        case Missed address -> missed.add(address);
      }
    });
    return new WayIn(List.copyOf(reached.values()), missed);
  }

  private static PeerInfo together(PeerInfo one, PeerInfo same) {
    return new PeerInfo(
        one.id(),
        Stream.concat(one.addresses().stream(), same.addresses().stream()).distinct().toList());
  }

  /// @param known all addresses of each peer that is meant, for there is one dial to a peer at a
  ///   time
  private static Answer dial(
      Host host, Seed seed, Map<PeerId, List<Multiaddr>> known, Duration limit) {
    try {
      Connection connection =
          seed.address()
              .peerId()
              .map(peer ->
                  host.connectNow(new PeerInfo(peer, known.getOrDefault(peer, List.of())), limit))
              .orElseGet(() -> host.connect(seed.address(), limit));
      return new Here(new PeerInfo(connection.peer(), List.of(seed.address())));
    } catch (HostException e) {
      return new Missed(seed, String.valueOf(e.getMessage()));
    }
  }

  /// Waits until all who answered have said what they are, for two seconds at most: whoever looks
  /// for the reason why nobody is known wants to know that first.
  public void awaitIdentified(Host host, Duration limit) {
    var deadline = Deadline.after(limit.compareTo(IDENTIFY) < 0 ? limit : IDENTIFY);
    try (var events = host.events(EVENTS)) {
      while (!reached.stream().allMatch(p -> host.peerstore().identification(p.id()).isPresent())
          && !deadline.isOver()
          && events.next(deadline.left()).isPresent()) {
        // Any event may be the one.
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /// All who were missed in one line, each reason once.
  public String blame() {
    Map<String, List<String>> seeds = new LinkedHashMap<>();
    for (Missed address : missed) {
      seeds.computeIfAbsent(address.why(), _ -> new ArrayList<>()).add(address.seed().toString());
    }
    return seeds.entrySet().stream()
        .map(same -> String.join(", ", same.getValue()) + ": " + same.getKey())
        .collect(Collectors.joining("; "));
  }
}
