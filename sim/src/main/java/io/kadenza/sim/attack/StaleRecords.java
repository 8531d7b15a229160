package io.kadenza.sim.attack;

import io.kadenza.kad.record.Record;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Bytes;
import io.kadenza.sim.net.Conduct;
import io.kadenza.sim.net.SimNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Keeps the first value that it gets under each key, confirms all later ones, and goes on handing
/// out the first: a replay, which no signature stops. Owned by a simulation.
final class StaleRecords implements Conduct {
  private final Map<Place, Record> first = new HashMap<>();

  private record Place(int node, Bytes key) {}

  @Override
  public Deed about(SimNode self, SimNode from, KadRequest request) {
    return switch (request) {
      case KadRequest.PutValue put -> {
        first.putIfAbsent(new Place(self.index(), put.key()), put.record());
        yield new Deed.Lie(new KadResponse.Stored(put.key(), Optional.of(put.record())));
      }
      case KadRequest.GetValue get -> {
        Record old = first.get(new Place(self.index(), get.key()));
        yield old == null
            ? Deed.Honest.INSTANCE
            : new Deed.Lie(
                new KadResponse.Value(
                    get.key(),
                    Optional.of(old),
                    self.engine().neighbourhood().findNode(get.key(), from.id()).closer()));
      }
      case KadRequest.FindNode _,
          KadRequest.AddProvider _,
          KadRequest.GetProviders _,
          KadRequest.Ping _ ->
          Deed.Honest.INSTANCE;
    };
  }
}
