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
import java.util.List;
import java.util.Optional;

/// The node's part in the universal-connectivity topics, until it is closed: it prints what is said
/// there, as [Chatter] allows, and says hello to the first peer that listens. Its threads end with
/// the pub/sub.
final class TopicMembership implements AutoCloseable {
  private static final int EVENTS = 256;
  private static final Duration WAIT = Duration.ofMinutes(1);

  /// As long as a count of messages that were left out may be waited for.
  private static final Duration COUNT_WAIT = Duration.ofSeconds(1);

  private final PubSub pubsub;
  private final PeerId self;
  private final Terminal terminal;
  private final EventStream<GossipEvent> events;

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
      Thread.ofVirtual().name("kad-topic").start(() -> membership.read(topic, subscription));
    }
    Thread.ofVirtual().name("kad-greeting").start(membership::greet);
    return membership;
  }

  private void read(String topic, Subscription subscription) {
    var chatter = new Chatter(topic, System.nanoTime());
    try {
      while (!subscription.isOver()) {
        var message = subscription.next(chatter.isOwing() ? COUNT_WAIT : WAIT);
        lines(chatter, message, System.nanoTime()).forEach(terminal::say);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> lines(Chatter chatter, Optional<TopicMessage> message, long now) {
    return message
        .map(heard -> chatter.hear(author(heard), ChatMessage.text(heard.data()), now))
        .orElseGet(() -> chatter.sum(now).stream().toList());
  }

  private static String author(TopicMessage message) {
    return message.author().map(PeerId::toString).orElse("somebody");
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
    events.close();
    pubsub.close();
  }
}
