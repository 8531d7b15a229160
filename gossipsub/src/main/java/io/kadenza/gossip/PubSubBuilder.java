package io.kadenza.gossip;

import io.kadenza.gossip.engine.GossipConfig;
import io.kadenza.gossip.rpc.MessageIdFunction;
import io.kadenza.gossip.signing.SignaturePolicy;
import io.kadenza.host.Host;
import java.util.Objects;

/// Gathers what a [PubSub] needs. One thread at a time.
public final class PubSubBuilder {
  private final Host host;
  private GossipConfig config = GossipConfig.DEFAULT;

  PubSubBuilder(Host host) {
    this.host = Objects.requireNonNull(host);
  }

  /// Replaces every setting; the other methods change single ones.
  public PubSubBuilder config(GossipConfig all) {
    this.config = Objects.requireNonNull(all);
    return this;
  }

  /// Whether unsigned messages are accepted; they are not, unless set.
  public PubSubBuilder policy(SignaturePolicy policy) {
    this.config = config.withPolicy(policy);
    return this;
  }

  /// How messages are named; the same for all peers of a topic.
  public PubSubBuilder messageId(MessageIdFunction function) {
    this.config = config.withMessageId(function);
    return this;
  }

  /// Starts pub/sub on the host.
  ///
  /// @throws IllegalArgumentException if the host serves gossipsub already
  /// @throws IllegalStateException if the host is closed
  public PubSub start() {
    if (host.isClosed()) {
      throw new IllegalStateException(
          "the host is closed: start pub/sub before, on one that is open");
    }
    return new PubSub(host, config);
  }
}
