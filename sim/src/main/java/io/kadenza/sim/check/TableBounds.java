package io.kadenza.sim.check;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.table.TableSnapshot;
import io.kadenza.sim.net.Network;
import io.kadenza.sim.net.SimNode;
import java.util.List;

/// A bucket holds at most k peers, each of which belongs there, and never ourselves. Looks at some
/// hundred tables each time, in turn.
public final class TableBounds implements Checker {
  private static final int AT_A_TIME = 200;

  private final int k;
  private int next;

  public TableBounds(int k) {
    this.k = k;
  }

  @Override
  public void inspect(Network network) {
    List<SimNode> nodes = network.nodes();
    for (int i = 0; i < Math.min(AT_A_TIME, nodes.size()); i++) {
      next = next >= nodes.size() ? 0 : next;
      inspect(nodes.get(next++));
    }
  }

  private void inspect(SimNode node) {
    TableSnapshot table = node.table();
    for (int prefix = 0; prefix < table.depth(); prefix++) {
      List<Contact> bucket = table.bucket(prefix);
      if (bucket.size() > k) {
        throw new Violation(
            "table", node + " has " + bucket.size() + " peers in bucket " + prefix + "; k is " + k);
      }
      for (Contact contact : bucket) {
        if (node.key().commonPrefixLength(contact.key()) != prefix) {
          throw new Violation("table", node + " has " + contact + " in bucket " + prefix);
        }
      }
    }
  }
}
