package io.kadenza.node.trace;

import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One walk as far as it has gone: whom it asked, when, and what came of it. Owned by the thread
/// that reads the events.
public final class WalkLog {
  /// More than any walk asks: a bound, should one go astray.
  private static final int MAX_REQUESTS = 4_096;

  /// How a request stands.
  public enum End {
    OPEN,
    ANSWERED,
    FAILED
  }

  /// One peer that was asked.
  ///
  /// @param asked how long after the beginning of the walk
  /// @param ended likewise; empty while it is open
  public record Request(Contact peer, Duration asked, Optional<Duration> ended, End end) {
    Request over(Duration when, End how) {
      return new Request(peer, asked, Optional.of(when), how);
    }
  }

  private final int number;
  private final EngineEvent.LookupStarted beginning;
  private final Map<KadKey, Request> requests = new LinkedHashMap<>();

  /// @param number from 1, for people
  WalkLog(int number, EngineEvent.LookupStarted beginning) {
    this.number = number;
    this.beginning = beginning;
  }

  public int number() {
    return number;
  }

  public EngineEvent.LookupStarted beginning() {
    return beginning;
  }

  public KadKey target() {
    return beginning.target();
  }

  /// How many leading bits a peer's key shares with the target.
  public int bits(KadKey peer) {
    return peer.commonPrefixLength(target());
  }

  /// The requests so far, in their order.
  public List<Request> requests() {
    return new ArrayList<>(requests.values());
  }

  void take(EngineEvent.LookupStep step) {
    KadKey key = step.peer().key();
    switch (step) {
      case EngineEvent.LookupAsked asked -> {
        if (requests.size() < MAX_REQUESTS) {
          requests.put(key, new Request(asked.peer(), asked.since(), Optional.empty(), End.OPEN));
        }
      }
      case EngineEvent.LookupAnswered answered -> end(key, answered.since(), End.ANSWERED);
      case EngineEvent.LookupFailed failed -> end(key, failed.since(), End.FAILED);
      case EngineEvent.LookupSlow _ -> {}
    }
  }

  private void end(KadKey peer, Duration when, End how) {
    requests.computeIfPresent(peer, (_, request) -> request.over(when, how));
  }
}
