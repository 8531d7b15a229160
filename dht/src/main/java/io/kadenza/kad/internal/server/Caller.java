package io.kadenza.kad.internal.server;

import io.kadenza.multiformats.PeerId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One peer on one connection, as far as [Admission] is concerned.
final class Caller {
  /// What all connections of a peer share. The lists are guarded by [Admission].
  static final class Account {
    final PeerId peer;
    final Allowance allowance;

    /// Its requests that the engine works on, the newest last.
    final Deque<Long> inFlight = new ArrayDeque<>(2);

    /// What lets its further requests go on; one for each stream at most.
    final List<Runnable> parked = new ArrayList<>(0);

    Account(PeerId peer, long now) {
      this.peer = peer;
      this.allowance = new Allowance(now);
    }
  }

  final Account account;

  /// That of its network; null for a private one, whose members are not held back.
  final @Nullable Allowance network;

  Caller(Account account, @Nullable Allowance network) {
    this.account = account;
    this.network = network;
  }
}
