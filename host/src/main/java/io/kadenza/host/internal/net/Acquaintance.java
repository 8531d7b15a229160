package io.kadenza.host.internal.net;

import io.kadenza.host.internal.pace.Pace;
import java.time.Duration;

/// How far a host and the peer of one connection have told each other who they are.
public final class Acquaintance {
  /// The peer has not been told of this host yet.
  private static final int NOTHING = 0;

  /// A host that starts up says so for each protocol it comes to serve.
  private static final int AT_ONCE = 64;

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Pace pace = new Pace(AT_ONCE, INTERVAL, System.nanoTime());
  private volatile int told = NOTHING;

  Acquaintance() {}

  /// Whether the peer may ask who we are, or say who it is, once more; in the event loop.
  public boolean mayGoOn() {
    return pace.take(System.nanoTime());
  }

  /// Notes that the peer is being told of this host as it is in a version, 1 or more. For any
  /// thread.
  public void tell(int version) {
    told = version;
  }

  /// Whether the peer was told of this host, in another version than this. For any thread.
  public boolean isBehind(int version) {
    int last = told;
    return last != NOTHING && last != version;
  }
}
