package io.kadenza.sim;

import io.kadenza.kad.key.Contact;
import io.kadenza.sim.net.Census;
import io.kadenza.sim.net.Network;
import io.kadenza.sim.net.SimNode;
import io.kadenza.sim.report.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Looks at the network from time to time. Owned by a [Simulation].
final class Sampler {
  /// How many tables a sample looks into.
  private static final int TABLES = 500;

  /// Of these, one in so many is compared with the truth about its neighbours, which takes longer.
  private static final int COMPARED = 10;

  private final Network network;
  private final Population population;
  private final Copies copies;
  private final List<Sample> samples = new ArrayList<>();
  private long messagesBefore;
  private long bytesBefore;

  Sampler(Network network, Population population, Copies copies) {
    this.network = network;
    this.population = population;
    this.copies = copies;
  }

  List<Sample> samples() {
    return samples;
  }

  void sample() {
    var tables = new Tables();
    List<SimNode> servers = population.servers();
    int step = Math.max(1, servers.size() / TABLES);
    for (int i = 0; i < servers.size(); i += step) {
      if (servers.get(i).isUp() && servers.get(i).isHonest()) {
        tables.look(servers.get(i));
      }
    }
    int[] counts = copies.count();
    samples.add(
        new Sample(
            network.timeline().nanos(),
            network.up(),
            tables.entries / (double) Math.max(1, tables.looked),
            tables.looked == 0 ? 0 : tables.smallest,
            tables.stale / (double) Math.max(1, tables.entries),
            tables.lying / (double) Math.max(1, tables.entries),
            tables.known / Math.max(1, tables.compared),
            Arrays.stream(counts).average().orElse(0),
            Arrays.stream(counts).min().orElse(0),
            network.messages() - messagesBefore,
            network.bytes() - bytesBefore));
    messagesBefore = network.messages();
    bytesBefore = network.bytes();
  }

  /// What one sample adds up.
  private final class Tables {
    private final Census census = population.census();
    private long looked;
    private long entries;
    private long stale;
    private long lying;
    private int smallest = Integer.MAX_VALUE;
    private int compared;
    private double known;

    void look(SimNode node) {
      List<Contact> table = node.table().all();
      smallest = Math.min(smallest, table.size());
      entries += table.size();
      for (Contact contact : table) {
        SimNode peer = network.node(contact.id());
        stale += peer == null || !peer.isUp() ? 1 : 0;
        lying += peer != null && !peer.isHonest() ? 1 : 0;
      }
      if (looked++ % COMPARED == 0) {
        known += census.known(node);
        compared++;
      }
    }
  }
}
