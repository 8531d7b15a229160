package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.lookup.Termination;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Joins the network. The seeds are asked whether or not identify has said that they are servers: a
/// user who names them knows better.
final class BootstrapRun extends Run<Outcome.Bootstrapped> implements TableRefresh.Owner {
  private final List<Contact> seeds;
  private @Nullable TableRefresh refresh;

  BootstrapRun(Node node, long id, long deadline, List<Contact> seeds) {
    super(node, id, deadline);
    this.seeds = seeds;
  }

  @Override
  void start() {
    var started = new TableRefresh(node, id, seeds, TableRefresh.Extent.JOINING, this);
    refresh = started;
    started.start();
  }

  @Override
  public void stepped(int contacted, int remaining) {
    progress(new Finding.BootstrapStep(contacted, remaining));
    node.happened(new EngineEvent.BootstrapProgress(contacted, remaining));
  }

  @Override
  public void refreshed(TableRefresh finished) {
    int size = node.table.size();
    progress(new Finding.BootstrapStep(finished.contacted(), 0));
    node.happened(new EngineEvent.BootstrapCompleted(finished.contacted(), size));
    done(new Outcome.Bootstrapped(finished.contacted(), size, finished.stats()));
  }

  @Override
  void end(Termination reason) {
    if (refresh != null) {
      refresh.end(reason);
    }
  }
}
