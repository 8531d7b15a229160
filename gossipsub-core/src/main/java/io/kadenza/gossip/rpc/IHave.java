package io.kadenza.gossip.rpc;

import io.kadenza.multiformats.Bytes;
import java.util.List;

/// Gossip: the sender has lately seen these messages of a topic.
public record IHave(String topic, List<Bytes> ids) {
  public IHave {
    ids = List.copyOf(ids);
  }
}
