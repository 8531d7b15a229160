package io.kadenza.sim.attack;

import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.sim.net.Conduct;
import io.kadenza.sim.net.SimNode;

/// Names providers that do not exist, more than anybody asks for, and otherwise behaves: whoever
/// counts providers has enough after one answer. Forgets what it is told to keep.
final class FakeProviders implements Conduct {
  private final Gang gang;

  FakeProviders(Gang gang) {
    this.gang = gang;
  }

  @Override
  public Deed about(SimNode self, SimNode from, KadRequest request) {
    return switch (request) {
      case KadRequest.GetProviders get ->
          new Deed.Lie(
              new KadResponse.Providers(
                  get.key(),
                  gang.inventions(),
                  self.engine().neighbourhood().findNode(get.key(), from.id()).closer()));
      case KadRequest.AddProvider _ -> Deed.Pretence.INSTANCE;
      case KadRequest.FindNode _, KadRequest.GetValue _, KadRequest.PutValue _, KadRequest.Ping _ ->
          Deed.Honest.INSTANCE;
    };
  }
}
