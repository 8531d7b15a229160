package io.kadenza.sim.attack;

import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.sim.net.Conduct;
import io.kadenza.sim.net.SimNode;
import java.util.Optional;

/// Confirms every record and keeps none.
final class Withholding implements Conduct {
  @Override
  public Deed about(SimNode self, SimNode from, KadRequest request) {
    return switch (request) {
      case KadRequest.PutValue put ->
          new Deed.Lie(new KadResponse.Stored(put.key(), Optional.of(put.record())));
      case KadRequest.AddProvider _ -> Deed.Pretence.INSTANCE;
      case KadRequest.FindNode _,
          KadRequest.GetValue _,
          KadRequest.GetProviders _,
          KadRequest.Ping _ ->
          Deed.Honest.INSTANCE;
    };
  }
}
