package io.kadenza.kad.engine;

import io.kadenza.kad.lookup.Termination;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks after the table because a user asked for it.
final class RefreshRun extends Run<Outcome.Refreshed> implements TableRefresh.Owner {
  private @Nullable TableRefresh refresh;

  RefreshRun(Node node, long id, long deadline) {
    super(node, id, deadline);
  }

  @Override
  void start() {
    var started = new TableRefresh(node, id, List.of(), TableRefresh.Extent.JOINING, this);
    refresh = started;
    started.start();
  }

  @Override
  public void stepped(int contacted, int remaining) {}

  @Override
  public void refreshed(TableRefresh finished) {
    done(new Outcome.Refreshed(node.table.size(), finished.stats()));
  }

  @Override
  void end(Termination reason) {
    if (refresh != null) {
      refresh.end(reason);
    }
  }
}
