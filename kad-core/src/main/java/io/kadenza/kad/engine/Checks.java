package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.kad.upkeep.CheckQueue;

/// Asks peers for themselves, as go-libp2p does before it admits one: the answer proves that a peer
/// is there, that it speaks the protocol, and that it can be reached at its addresses or over its
/// connection. What follows from it is for [Standing] to say, which hears of every answer. Confined
/// to the engine.
final class Checks implements Rpc.Owner {
  /// go-libp2p checks 256 at a time; a check costs us a dial.
  private static final int MAX_RUNNING = 16;

  private static final int MAX_WAITING = 256;

  private final Node node;
  private final CheckQueue queue = new CheckQueue(MAX_WAITING, MAX_RUNNING);

  Checks(Node node) {
    this.node = node;
  }

  /// Has a peer asked with the next call of [#proceed]; false if it is waiting or being asked
  /// already, or if there is no room.
  boolean add(Contact contact) {
    return queue.add(contact);
  }

  /// Asks as many of those who wait as may be asked at a time.
  void proceed() {
    for (Contact next = queue.next(); next != null; next = queue.next()) {
      var question = new KadRequest.FindNode(next.id().bytes());
      if (node.ask(next, question, this, node.config.lookup().patience()) == null) {
        queue.done(next);
        return;
      }
    }
  }

  @Override
  public void answered(Rpc rpc, KadResponse response) {
    queue.done(rpc.to());
    proceed();
  }

  @Override
  public void failed(Rpc rpc, RpcFailure why) {
    queue.done(rpc.to());
    proceed();
  }
}
