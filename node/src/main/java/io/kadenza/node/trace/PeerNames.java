package io.kadenza.node.trace;

import io.kadenza.kad.key.Contact;
import io.kadenza.multiformats.PeerId;
import java.util.List;

/// How peers are called. What it returns is printed as it is: it has nothing of a peer's own text
/// left in it that could steer a terminal.
public interface PeerNames {
  /// A name of eight characters at most.
  String name(PeerId peer);

  /// What the peer's program calls itself; empty if that is not known.
  String agent(PeerId peer);

  /// Whom an answer named.
  ///
  /// @param named how many it named in all
  /// @param heard those of them that were new
  default String news(int named, List<Contact> heard) {
    return heard.size() + " new of " + named;
  }
}
