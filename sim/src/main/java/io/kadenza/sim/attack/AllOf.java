package io.kadenza.sim.attack;

import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.sim.net.Conduct;
import io.kadenza.sim.net.SimNode;
import java.util.List;

/// Several kinds of lies: the first that is not honest about a request decides.
public record AllOf(List<Conduct> conducts) implements Conduct {
  public AllOf {
    conducts = List.copyOf(conducts);
  }

  @Override
  public Deed about(SimNode self, SimNode from, KadRequest request) {
    for (Conduct conduct : conducts) {
      Deed deed = conduct.about(self, from, request);
      if (!(deed instanceof Deed.Honest)) {
        return deed;
      }
    }
    return Deed.Honest.INSTANCE;
  }
}
