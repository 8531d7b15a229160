package io.kadenza.host.internal.reach;

import io.kadenza.host.Connection;
import io.kadenza.host.Direction;
import io.kadenza.host.Identification;
import io.kadenza.host.Reachability;
import io.kadenza.multiformats.Multiaddr;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/// Gathers [Evidence] while the host lives, and tells when the judgement changes, or where the host
/// can be reached. Safe for use by any thread.
public final class ReachabilityWatch {
  /// Whoever wants to know. Called under the watch's lock, in the order of the changes; returns at
  /// once.
  public interface Listener {
    /// @param addresses those that the host listens on, and where peers reach it although it does
    ///   not listen there
    void reachableAt(List<Multiaddr> addresses);

    void judged(Reachability reachability);
  }

  private final LongSupplier nanos;
  private final Listener listener;
  private final Evidence evidence = new Evidence();
  private Reachability judgement = Reachability.NOT_LISTENING;
  private List<Multiaddr> listening = List.of();
  private List<Multiaddr> reachableAt = List.of();

  /// @param nanos the monotonic clock
  public ReachabilityWatch(LongSupplier nanos, Listener listener) {
    this.nanos = nanos;
    this.listener = listener;
  }

  public synchronized Reachability judgement() {
    return judgement;
  }

  /// The host listens on these addresses now.
  public synchronized void listening(List<Multiaddr> addresses) {
    listening = List.copyOf(addresses);
    evidence.listening(listening);
    judge();
  }

  public synchronized void opened(Connection connection) {
    if (connection.direction() == Direction.INBOUND) {
      evidence.came(connection.remoteAddress(), nanos.getAsLong());
      judge();
    } else {
      evidence.dialled(connection.remoteAddress(), nanos.getAsLong());
    }
  }

  public synchronized void closed(Connection connection) {
    if (connection.direction() == Direction.INBOUND) {
      evidence.left(connection.remoteAddress(), nanos.getAsLong());
    }
  }

  /// Nobody answered there.
  public synchronized void dialFailed(Multiaddr address) {
    evidence.dialled(address, nanos.getAsLong());
  }

  public synchronized void identified(Connection connection, Identification identification) {
    if (identification.observed().isPresent()) {
      evidence.observed(
          connection.remoteAddress(),
          identification.observed().get(),
          connection.direction() == Direction.INBOUND);
      judge();
    }
  }

  /// A service that dials back has tried.
  public synchronized void probed(boolean reachable) {
    evidence.probed(reachable, nanos.getAsLong());
    judge();
  }

  /// Looks again, since evidence grows old.
  public synchronized void judge() {
    Reachability now = evidence.judge(nanos.getAsLong());
    List<Multiaddr> at = new ArrayList<>(listening);
    evidence.forwarded().ifPresent(at::add);
    if (!at.equals(reachableAt)) {
      reachableAt = List.copyOf(at);
      listener.reachableAt(reachableAt);
    }
    if (now != judgement) {
      judgement = now;
      listener.judged(now);
    }
  }
}
