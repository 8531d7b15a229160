package io.kadenza.sim.attack;

import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.sim.net.Conduct;
import io.kadenza.sim.net.SimNode;

/// Answers truly, and just before the usual patience of 10 s runs out.
final class SlowAnswers implements Conduct {
  private static final long DELAY_NANOS = 9_000_000_000L;

  @Override
  public Deed about(SimNode self, SimNode from, KadRequest request) {
    return new Deed.Late(DELAY_NANOS);
  }
}
