package io.kadenza.sim.attack;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.sim.net.Conduct;
import io.kadenza.sim.net.SimNode;
import java.util.List;
import java.util.Optional;

/// Names nobody but members of the gang, the closest to whatever is looked for, and knows no
/// record: whoever believes it walks among liars from then on.
final class RouteHijack implements Conduct {
  private final Gang gang;

  RouteHijack(Gang gang) {
    this.gang = gang;
  }

  @Override
  public Deed about(SimNode self, SimNode from, KadRequest request) {
    return switch (request) {
      case KadRequest.FindNode find -> new Deed.Lie(new KadResponse.Closer(named(self, find)));
      case KadRequest.GetValue get ->
          new Deed.Lie(new KadResponse.Value(get.key(), Optional.empty(), named(self, get)));
      case KadRequest.GetProviders get ->
          new Deed.Lie(new KadResponse.Providers(get.key(), List.of(), named(self, get)));
      case KadRequest.PutValue _, KadRequest.AddProvider _, KadRequest.Ping _ ->
          Deed.Honest.INSTANCE;
    };
  }

  private List<Contact> named(SimNode self, KadRequest request) {
    KadKey target = KadKey.of(request.key());
    if (target.equals(self.key())) {
      // Asked for itself before it is admitted: the truth serves best.
      return List.of(self.contact());
    }
    return gang.closest(target, self.config().k(), self);
  }
}
