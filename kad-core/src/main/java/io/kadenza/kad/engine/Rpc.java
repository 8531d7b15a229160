package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.lookup.Patience;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;

/// One request in flight.
///
/// @param request what is asked; the first one of a batch of announcements
/// @param owner who is told how it ends
/// @param sentAt monotonic nanos
/// @param dialled whether a connection had to be made for it
/// @param slowAt monotonic nanos from when on an answer takes longer than usual
/// @param deadline monotonic nanos
record Rpc(
    long id,
    Contact to,
    KadRequest request,
    Owner owner,
    long sentAt,
    boolean dialled,
    long slowAt,
    long deadline) {
  /// Who asked. Each request ends in exactly one of these calls, unless its owner abandons it.
  interface Owner {
    /// The answer fits the request.
    void answered(Rpc rpc, KadResponse response);

    /// A request that has no answer was written.
    default void sent(Rpc rpc) {
      failed(rpc, RpcFailure.MALFORMED);
    }

    void failed(Rpc rpc, RpcFailure why);
  }

  /// Monotonic nanos from when on nobody waits for an answer who has had one from others.
  long givenUpAt() {
    return Patience.givenUpAt(sentAt, slowAt);
  }

  /// Whether a response is of the kind asked for.
  boolean fits(KadResponse response) {
    return switch (request) {
      case KadRequest.FindNode _ -> response instanceof KadResponse.Closer;
      case KadRequest.GetValue _ -> response instanceof KadResponse.Value;
      case KadRequest.PutValue _ -> response instanceof KadResponse.Stored;
      case KadRequest.GetProviders _ -> response instanceof KadResponse.Providers;
      case KadRequest.AddProvider _ -> response instanceof KadResponse.ProviderAdded;
      case KadRequest.Ping _ -> response instanceof KadResponse.Pong;
    };
  }

  /// Whether the request is part of a walk, so that an answer shows a working server. Storing may
  /// be refused by one.
  boolean isWalk() {
    return switch (request) {
      case KadRequest.FindNode _, KadRequest.GetValue _, KadRequest.GetProviders _ -> true;
      case KadRequest.PutValue _, KadRequest.AddProvider _, KadRequest.Ping _ -> false;
    };
  }
}
