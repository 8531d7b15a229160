package io.kadenza.sim.net;

/// The time at which a node's engine wants to be ticked.
final class Wakeup extends Event {
  private final Network network;
  private final SimNode node;
  private final int life;

  Wakeup(Network network, SimNode node) {
    this.network = network;
    this.node = node;
    this.life = node.life;
  }

  @Override
  protected void fire() {
    if (node.wakeAt == at && node.life == life) {
      network.wake(node, this);
    }
  }
}
