package io.kadenza.sim.attack;

import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.sim.net.Conduct;
import io.kadenza.sim.net.SimNode;

/// Answers when it is asked for itself, so that it gets into tables, and nothing else.
final class SilentDrop implements Conduct {
  @Override
  public Deed about(SimNode self, SimNode from, KadRequest request) {
    boolean check =
        request instanceof KadRequest.FindNode find && KadKey.of(find.key()).equals(self.key());
    return check ? Deed.Honest.INSTANCE : Deed.Silence.INSTANCE;
  }
}
