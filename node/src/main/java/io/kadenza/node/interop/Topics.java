package io.kadenza.node.interop;

import io.kadenza.gossip.PubSub;
import io.kadenza.gossip.Subscription;
import io.kadenza.gossip.TopicMessage;
import io.kadenza.host.Host;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The topics that the driver has this peer join, and all that was said there. Confined to the
/// thread that serves.
final class Topics implements AutoCloseable {
  private final PubSub pubsub;
  private final Map<String, Subscription> subscriptions = new HashMap<>();
  private final Map<String, List<TopicMessage>> received = new HashMap<>();

  Topics(Host host) {
    this.pubsub = PubSub.builder(host).start();
  }

  void subscribe(String topic) {
    subscriptions.computeIfAbsent(topic, pubsub::subscribe);
  }

  void publish(String topic, Bytes data) {
    pubsub.publish(topic, data);
  }

  Set<PeerId> mesh(String topic) {
    return pubsub.mesh(topic);
  }

  /// All messages since the subscription, in their order.
  List<TopicMessage> messages(String topic) {
    List<TopicMessage> all = received.computeIfAbsent(topic, _ -> new ArrayList<>());
    Subscription subscription = subscriptions.get(topic);
    if (subscription == null) {
      throw new IllegalStateException("not subscribed to " + topic);
    }
    try {
      for (Optional<TopicMessage> next = subscription.next(Duration.ZERO);
          next.isPresent();
          next = subscription.next(Duration.ZERO)) {
        all.add(next.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return List.copyOf(all);
  }

  @Override
  public void close() {
    pubsub.close();
  }
}
