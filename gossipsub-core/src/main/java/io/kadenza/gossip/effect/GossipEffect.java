package io.kadenza.gossip.effect;

import io.kadenza.gossip.rpc.Message;
import io.kadenza.gossip.rpc.Rpc;
import io.kadenza.multiformats.PeerId;

/// What the engine wants done.
public sealed interface GossipEffect {

  /// Send an RPC. Those to one peer keep their order; a peer that is too slow may lose some.
  record Send(PeerId peer, Rpc rpc) implements GossipEffect {}

  /// Verify a message's signature and hand the outcome back as an input, under the same ticket. It
  /// is a pure function, safe on any thread, and the costly part of receiving (about 0.15 ms): a
  /// shell may run many at once. Only the first copy of a message gets here.
  record Verify(long ticket, Message message) implements GossipEffect {}

  /// Hand a message to the application.
  ///
  /// @param from the peer that handed it to us, not its author
  record Deliver(PeerId from, Message message) implements GossipEffect {}

  /// Tell the observers.
  record Happened(GossipEvent event) implements GossipEffect {}

  /// Tell the publisher to how many peers its message went at once.
  record Published(long request, int peers) implements GossipEffect {}
}
