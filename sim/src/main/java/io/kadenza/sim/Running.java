package io.kadenza.sim;

import io.kadenza.multiformats.Bytes;
import io.kadenza.sim.net.SimNode;
import io.kadenza.sim.scenario.Kind;
import org.jspecify.annotations.Nullable;

/// An operation under way. Owned by a [Traffic].
final class Running {
  final Kind kind;
  final SimNode asker;

  /// What the asker does not live to see is not measured.
  final int life;

  final Bytes key;

  /// Who provides what is looked for.
  final @Nullable SimNode provider;

  /// Whether the same was stored before.
  final boolean again;

  final long startedAt;
  final long dialsBefore;
  boolean seen;

  Running(
      Kind kind,
      SimNode asker,
      Bytes key,
      @Nullable SimNode provider,
      boolean again,
      long startedAt) {
    this.kind = kind;
    this.asker = asker;
    this.life = asker.life();
    this.key = key;
    this.provider = provider;
    this.again = again;
    this.startedAt = startedAt;
    this.dialsBefore = asker.dials();
  }
}
