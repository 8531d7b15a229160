package io.kadenza.sim.net;

import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;

/// How a node behaves towards requests, in place of its engine. Honest nodes have none.
@FunctionalInterface
public interface Conduct {
  /// What a node does about one request.
  sealed interface Deed {
    /// The engine answers as it does.
    enum Honest implements Deed {
      INSTANCE
    }

    /// Nothing at all; the asker's patience runs out.
    enum Silence implements Deed {
      INSTANCE
    }

    /// The engine answers, but late.
    ///
    /// @param delay nanos
    record Late(long delay) implements Deed {}

    /// An answer that the engine would not have given.
    record Lie(KadResponse response) implements Deed {}

    /// The request is taken and forgotten, if it is one without an answer.
    enum Pretence implements Deed {
      INSTANCE
    }
  }

  Deed about(SimNode self, SimNode from, KadRequest request);
}
