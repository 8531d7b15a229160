package io.kadenza.gossip.effect;

import io.kadenza.gossip.rpc.Graft;
import io.kadenza.gossip.rpc.Message;
import io.kadenza.gossip.rpc.Prune;
import io.kadenza.gossip.rpc.Rpc;
import io.kadenza.gossip.rpc.RpcPacker;
import io.kadenza.gossip.rpc.SubOpts;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gathers the effects of one step of the engine, so that all that one peer is to be told travels
/// together: "control messages … can be coalesced and piggybacked". Confined to the engine's
/// thread.
public final class Outbox {
  private final Map<PeerId, RpcPacker> packers = new LinkedHashMap<>();
  private List<GossipEffect> effects = new ArrayList<>();

  /// An empty outbox.
  public Outbox() {}

  public void announce(PeerId to, SubOpts entry) {
    packer(to).announce(entry);
  }

  public void publish(PeerId to, Message message) {
    packer(to).publish(message);
  }

  public void graft(PeerId to, String topic) {
    packer(to).graft(new Graft(topic));
  }

  public void prune(PeerId to, Prune prune) {
    packer(to).prune(prune);
  }

  public void ihave(PeerId to, String topic, List<Bytes> ids) {
    packer(to).ihave(topic, ids);
  }

  public void iwant(PeerId to, List<Bytes> ids) {
    packer(to).iwant(ids);
  }

  public void happened(GossipEvent event) {
    effects.add(new GossipEffect.Happened(event));
  }

  public void add(GossipEffect effect) {
    effects.add(effect);
  }

  /// The effects, what is to be sent after all else; the outbox is empty afterwards.
  public List<GossipEffect> drain() {
    List<GossipEffect> step = effects;
    effects = new ArrayList<>();
    packers.forEach((peer, packer) -> {
      for (Rpc rpc : packer.finish()) {
        step.add(new GossipEffect.Send(peer, rpc));
      }
    });
    packers.clear();
    return step;
  }

  private RpcPacker packer(PeerId peer) {
    return packers.computeIfAbsent(peer, _ -> new RpcPacker());
  }
}
