package io.kadenza.kad.internal.server;

import io.kadenza.multiformats.PeerId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// One peer on one connection, as far as [Admission] is concerned.
final class Caller {
  /// What all connections of a peer share. The lists are guarded by [Admission].
  static final class Account {
    final PeerId peer;
    final Allowance allowance;

    /// The bytes of its requests that the engine works on, the newest last.
    final SequencedMap<Long, Integer> inFlight = new LinkedHashMap<>(2);

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
