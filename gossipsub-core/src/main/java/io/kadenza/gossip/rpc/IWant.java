package io.kadenza.gossip.rpc;

import io.kadenza.multiformats.Bytes;
import java.util.List;

/// A request for messages that an [IHave] named.
public record IWant(List<Bytes> ids) {
  public IWant {
    ids = List.copyOf(ids);
  }
}
