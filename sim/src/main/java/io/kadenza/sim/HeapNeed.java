package io.kadenza.sim;

import io.kadenza.sim.scenario.Scenario;

/// How much heap a simulation takes.
public final class HeapNeed {
  /// An engine and what a simulated host keeps of it.
  private static final long NODE_BYTES = 2_600;

  /// A bucket of k peers, all of which are shared, and its place in the picture of the table.
  private static final long BUCKET_BYTES = 120;

  private static final long PEER_BYTES = 4;

  /// A peer remembered outside the table, and a connection, at both of which maps have their share.
  private static final long CONTACT_BYTES = 60;

  private static final long CONNECTION_BYTES = 20;

  /// For the garbage of a second.
  private static final long SLACK_BYTES = 200L << 20;

  private HeapNeed() {}

  /// What a scenario takes, roughly: enough to refuse one that has no chance.
  public static long bytes(Scenario scenario) {
    long nodes = (long) scenario.nodes() + scenario.clients();
    int depth = Long.SIZE - Long.numberOfLeadingZeros(nodes);
    long table = depth * (BUCKET_BYTES + scenario.engine().k() * PEER_BYTES);
    boolean busy = scenario.engine().refreshInterval().compareTo(scenario.duration()) < 0;
    long known = Math.min(nodes, (long) scenario.engine().maxContacts());
    long connections = Math.min(nodes, (long) scenario.conditions().maxConnections());
    long traffic = busy ? known * CONTACT_BYTES + connections * CONNECTION_BYTES : 0;
    return nodes * (NODE_BYTES + table + traffic) + SLACK_BYTES;
  }

  /// What is alive now.
  static long live() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
