package io.kadenza.sim.attack;

import io.kadenza.kad.record.Record;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Bytes;
import io.kadenza.sim.net.Conduct;
import io.kadenza.sim.net.SimNode;
import java.util.Optional;

/// Answers every question for a value with one that nobody has put there, the same as all others of
/// its kind.
final class WrongRecords implements Conduct {
  private static final Bytes WRONG = Bytes.utf8("a lie");

  @Override
  public Deed about(SimNode self, SimNode from, KadRequest request) {
    return request instanceof KadRequest.GetValue get
        ? new Deed.Lie(
            new KadResponse.Value(
                get.key(),
                Optional.of(new Record(get.key(), WRONG)),
                self.engine().neighbourhood().findNode(get.key(), from.id()).closer()))
        : Deed.Honest.INSTANCE;
  }
}
