package io.kadenza.kad.engine;

/// Forgets what is expired in the stores: the values at once, and the provider records, of which
/// there may be a million, in steps between which others have their turn. Confined to the engine.
final class Expiry {
  private static final long PAUSE_NANOS = 20_000_000L;

  private final Node node;
  private boolean underWay;
  private long nextStepAt;

  Expiry(Node node) {
    this.node = node;
  }

  /// Begins to look through the stores, unless that is under way.
  void begin() {
    node.records.sweep(node.now.wall());
    if (!underWay) {
      step();
    }
  }

  void tick() {
    if (underWay && node.now.reached(nextStepAt)) {
      step();
    }
  }

  private void step() {
    underWay = node.providers.sweep(node.now.wall());
    nextStepAt = node.now.nanos() + PAUSE_NANOS;
  }

  long deadline() {
    return underWay ? nextStepAt : Node.NEVER;
  }
}
