package io.kadenza.gossip.rpc;

import java.util.List;

/// Gossipsub's control messages. IDONTWANT (1.2) is skipped when read: "the receiver MAY ignore"
/// it.
public record Control(List<IHave> ihave, List<IWant> iwant, List<Graft> graft, List<Prune> prune) {
  public static final Control NONE = new Control(List.of(), List.of(), List.of(), List.of());

  public Control {
    ihave = List.copyOf(ihave);
    iwant = List.copyOf(iwant);
    graft = List.copyOf(graft);
    prune = List.copyOf(prune);
  }

  public boolean isEmpty() {
    return ihave.isEmpty() && iwant.isEmpty() && graft.isEmpty() && prune.isEmpty();
  }
}
