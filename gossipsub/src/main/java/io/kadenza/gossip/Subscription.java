package io.kadenza.gossip;

import io.kadenza.host.EventStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// One reader of a topic. Messages wait in a queue that is bounded by their number and their bytes;
/// a reader that is too slow loses the oldest ones. Closing the last subscription of a topic leaves
/// the topic. Safe for use by any thread.
public final class Subscription implements AutoCloseable {
  /// What a message takes beside its data, roughly.
  private static final long OVERHEAD_BYTES = 512;

  private final String topic;
  private final EventStream<TopicMessage> messages;

  Subscription(String topic, int capacity, long maxBytes, Consumer<Subscription> onClose) {
    this.topic = topic;
    this.messages =
        new EventStream<>(capacity, maxBytes, Subscription::size, _ -> onClose.accept(this));
  }

  private static long size(TopicMessage message) {
    return OVERHEAD_BYTES + message.data().size() + message.seqno().size();
  }

  public String topic() {
    return topic;
  }

  /// The next message, waiting for it at most `wait`; empty when none came, or the subscription is
  /// closed and read to its end.
  public Optional<TopicMessage> next(Duration wait) throws InterruptedException {
    return messages.next(wait);
  }

  /// Whether nothing comes any more: it is closed, by its reader or with the pub/sub, and read to
  /// its end.
  public boolean isOver() {
    return messages.isOver();
  }

  /// How many messages were lost because nobody read them in time.
  public long dropped() {
    return messages.dropped();
  }

  void deliver(TopicMessage message) {
    messages.publish(message);
  }

  /// Ends the subscription. Idempotent; a waiting reader returns.
  @Override
  public void close() {
    messages.close();
  }
}
