package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.provide.Assignment;
import io.kadenza.kad.provide.Assignment.Batch;
import io.kadenza.kad.rpc.KadResponse;
import java.util.HashMap;
import java.util.Map;

/// Some keys on their way to the peers that are to keep our records of them: one batch for each
/// peer. Whoever cannot be reached is replaced. A batch that is refused is sent again in two
/// halves, and so on, so that one key which a peer does not want costs no more than itself.
final class Announcement implements Rpc.Owner {
  /// Whom an announcement serves.
  interface Owner {
    /// All that could be told was told; called once for each [#start].
    void announced();
  }

  /// How often what one peer refuses is cut in two: enough to find a single key of a whole batch.
  private static final int MAX_CUTS = 12;

  private final Node node;
  private final Assignment assignment;
  private final Owner owner;
  private final Map<Long, Batch> open = new HashMap<>();
  private final Map<Contact, Integer> cuts = new HashMap<>();
  private boolean starting;
  private int messages;
  private boolean anybodyThere;

  Announcement(Node node, Assignment assignment, Owner owner) {
    this.node = node;
    this.assignment = assignment;
    this.owner = owner;
  }

  /// Sends what is to be sent. May be called again when more peers have been added.
  void start() {
    starting = true;
    for (Batch batch : assignment.plan()) {
      send(batch);
    }
    starting = false;
    proceed();
  }

  private void send(Batch batch) {
    Rpc rpc = node.announce(node.toDial(batch.peer()), assignment.keys(batch), this);
    if (rpc == null) {
      assignment.gone(batch.peer());
    } else {
      open.put(rpc.id(), batch);
      messages += batch.size();
    }
  }

  private void proceed() {
    if (starting || !open.isEmpty()) {
      return;
    }
    if (assignment.isSettled()) {
      owner.announced();
    } else {
      start();
    }
  }

  @Override
  public void sent(Rpc rpc) {
    Batch batch = open.remove(rpc.id());
    if (batch != null) {
      anybodyThere = true;
      assignment.taken(batch);
      proceed();
    }
  }

  /// Nobody answers an announcement that does not ask for it.
  @Override
  public void answered(Rpc rpc, KadResponse response) {
    sent(rpc);
  }

  @Override
  public void failed(Rpc rpc, RpcFailure why) {
    Batch batch = open.remove(rpc.id());
    if (batch == null) {
      return;
    }
    switch (why) {
      case REFUSED, MALFORMED -> {
        anybodyThere = true;
        cut(batch);
      }
      case UNREACHABLE, TIMED_OUT, DISCONNECTED, UNSUPPORTED, OVERLOADED ->
          assignment.gone(batch.peer());
    }
    proceed();
  }

  private void cut(Batch batch) {
    if (batch.size() > 1 && cuts.merge(batch.peer(), 1, Integer::sum) <= MAX_CUTS) {
      batch.halves().forEach(this::send);
    }
  }

  /// How many ADD_PROVIDERs were sent.
  int messages() {
    return messages;
  }

  /// Whether anybody has taken or refused something.
  boolean isAnybodyThere() {
    return anybodyThere;
  }
}
