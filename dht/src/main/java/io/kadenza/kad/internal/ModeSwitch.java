package io.kadenza.kad.internal;

import io.kadenza.host.Host;
import io.kadenza.host.HostEvent;
import io.kadenza.host.Reachability;
import io.kadenza.host.Registration;
import io.kadenza.kad.engine.AddressPolicy;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.Mode;
import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether a node is a server or a client: as it was told, or as its host can be reached. Safe for
/// use by any thread.
public final class ModeSwitch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModeSwitch.class);

  private final Host host;
  private final AddressPolicy addresses;
  private final Consumer<Mode> play;
  private final Registration observing;
  private Mode playing;
  private boolean auto;
  private boolean closed;

  /// @param config with the mode played already
  /// @param play carries a change out, or throws and leaves all as it was
  public ModeSwitch(Host host, KadConfig config, Consumer<Mode> play) {
    this.host = host;
    this.addresses = config.addresses();
    this.playing = config.mode();
    this.play = play;
    this.observing = host.observe(this::observe);
  }

  /// What fits a host now.
  public static Mode fitting(Host host, AddressPolicy addresses) {
    return fitting(host.reachability(), addresses);
  }

  /// In a public network whoever cannot be reached, or may not be, is of no use as a server: "nodes
  /// SHOULD operate in client mode if they are unreachable". In a network of private addresses
  /// there is nobody outside who could tell, so a node serves unless something speaks against it;
  /// if all waited to be told, none would ever answer.
  static Mode fitting(Reachability reachability, AddressPolicy addresses) {
    boolean serve =
        switch (reachability) {
          case PUBLIC -> true;
          case LOCAL, UNCONFIRMED -> addresses != AddressPolicy.PUBLIC;
          case NOT_LISTENING, TRANSLATED, UNREACHABLE -> false;
        };
    return serve ? Mode.SERVER : Mode.CLIENT;
  }

  private void observe(HostEvent event) {
    if (event instanceof HostEvent.ReachabilityChanged) {
      // Peers have to be told, which is no work for an event loop.
      Thread.startVirtualThread(this::follow);
    }
  }

  private synchronized void follow() {
    if (auto && !closed) {
      try {
        change(fitting(host, addresses));
      } catch (IllegalArgumentException servedAlready) {
        LOG.warn("stays a client: {}", servedAlready.getMessage());
      }
    }
  }

  private void change(Mode mode) {
    if (mode != playing) {
      play.accept(mode);
      playing = mode;
    }
  }

  public synchronized void pin(Mode mode) {
    change(Objects.requireNonNull(mode));
    auto = false;
  }

  public synchronized void auto() {
    auto = true;
    follow();
  }

  public synchronized Mode playing() {
    return playing;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    observing.close();
  }
}
