package io.kadenza.node.lesson;

import io.kadenza.gossip.PubSub;
import io.kadenza.gossip.PubSubException;
import io.kadenza.gossip.Subscription;
import io.kadenza.gossip.TopicMessage;
import io.kadenza.gossip.effect.GossipEvent;
import io.kadenza.host.EventStream;
import io.kadenza.host.Host;
import io.kadenza.multiformats.PeerId;
import io.kadenza.node.terminal.Terminal;
import java.time.Duration;
import java.time.Instant;

/// The node's part in the universal-connectivity topics, until it is closed: it prints what is said
/// there, and says hello to the first peer that listens. Its threads end with the pub/sub.
final class TopicMembership implements AutoCloseable {
  private static final int EVENTS = 256;
  private static final Duration WAIT = Duration.ofMinutes(1);

  private final PubSub pubsub;
  private final PeerId self;
  private final Terminal terminal;
  private final EventStream<GossipEvent> events;
  private volatile boolean closed;

  private TopicMembership(Host host, Terminal terminal) {
    this.pubsub = PubSub.builder(host).start();
    this.self = host.id();
    this.terminal = terminal;
    this.events = pubsub.events(EVENTS);
  }

  static TopicMembership join(Host host, Terminal terminal) {
    var membership = new TopicMembership(host, terminal);
    for (String topic : LessonContent.TOPICS) {
      Subscription subscription = membership.pubsub.subscribe(topic);
      terminal.say("Subscribed to topic: " + topic);
      Thread.ofVirtual().name("kad-topic").start(() -> membership.read(subscription));
    }
    Thread.ofVirtual().name("kad-greeting").start(membership::greet);
    return membership;
  }

  private void read(Subscription subscription) {
    try {
      while (!closed) {
        subscription.next(WAIT).ifPresent(this::print);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void print(TopicMessage message) {
    String author = message.author().map(PeerId::toString).orElse("somebody");
    terminal.say(
        "Received message on '"
            + message.topic()
            + "' from "
            + author
            + ": "
            + ChatMessage.text(message.data()));
  }

  private void greet() {
    for (GossipEvent event : events) {
      if (event instanceof GossipEvent.PeerSubscribed(_, String topic)
          && topic.equals(LessonContent.TOPIC)
          && publish()) {
        events.close();
        return;
      }
    }
  }

  private boolean publish() {
    try {
      var hello = ChatMessage.encode(self, "Hello from " + self + "!", Instant.now());
      if (pubsub.publish(LessonContent.TOPIC, hello) == 0) {
        return false;
      }
      terminal.say("Published test message to '" + LessonContent.TOPIC + "' topic");
      return true;
    } catch (PubSubException closing) {
      return false;
    }
  }

  @Override
  public void close() {
    closed = true;
    events.close();
    pubsub.close();
  }
}
