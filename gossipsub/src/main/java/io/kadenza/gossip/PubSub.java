package io.kadenza.gossip;

import io.kadenza.gossip.effect.GossipEffect;
import io.kadenza.gossip.effect.GossipEvent;
import io.kadenza.gossip.engine.GossipConfig;
import io.kadenza.gossip.internal.GossipDriver;
import io.kadenza.gossip.rpc.Topics;
import io.kadenza.host.EventStream;
import io.kadenza.host.Host;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Publish and subscribe on a host, by gossipsub 1.1 (libp2p specifications `pubsub/`).
///
/// ```java
/// try (var host = Host.builder(identity).listen("/ip4/0.0.0.0/tcp/4001").start();
///     var pubsub = PubSub.builder(host).start();
///     var chat = pubsub.subscribe("chat")) {
///   pubsub.publish("chat", Bytes.utf8("hello"));
///   chat.next(Duration.ofSeconds(10)).ifPresent(message -> IO.println(message.author()));
/// }
/// ```
///
/// Peers become known by being connected to the host: whoever says by identify that it speaks
/// gossipsub is told our topics. Messages reach them once they have told us theirs
/// ([GossipEvent.PeerSubscribed]); what is published before goes to nobody. Our own messages are
/// not delivered to ourselves.
///
/// Safe for use by any thread.
public final class PubSub implements AutoCloseable {
  /// Messages that may wait in a subscription unless another number is given.
  private static final int DEFAULT_CAPACITY = 1_024;

  /// The engine answers in milliseconds; by then something is wrong with this machine.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final GossipConfig config;
  private final GossipDriver driver;

  /// The readers of each topic that we are in. Changed under its own lock, so that the engine hears
  /// of joining and leaving in their order; read without, because the engine's thread must not wait
  /// for somebody who waits for the engine.
  private final Map<String, List<Subscription>> topics = new ConcurrentHashMap<>();

  PubSub(Host host, GossipConfig config) {
    this.config = config.fittedTo(Runtime.getRuntime().maxMemory());
    this.driver = new GossipDriver(host, this.config, this::deliver, this::endAll);
  }

  /// Begins to describe pub/sub on this host.
  public static PubSubBuilder builder(Host host) {
    return new PubSubBuilder(host);
  }

  /// Joins a topic, and reads what comes from now on; nothing, once pub/sub is closed.
  ///
  /// @throws IllegalArgumentException if the topic is empty or longer than 256 bytes
  public Subscription subscribe(String topic) {
    return subscribe(topic, DEFAULT_CAPACITY);
  }

  /// As [#subscribe(String)].
  ///
  /// @param capacity how many messages may wait to be read, at least one; they take
  ///   [GossipConfig#maxHeldBytes] at most
  public Subscription subscribe(String topic, int capacity) {
    var subscription =
        new Subscription(Topics.check(topic), capacity, config.maxHeldBytes(), this::ended);
    synchronized (topics) {
      List<Subscription> readers = topics.computeIfAbsent(topic, _ -> new CopyOnWriteArrayList<>());
      readers.add(subscription);
      if (readers.size() == 1) {
        driver.subscribe(topic);
      }
    }
    if (driver.isClosed()) {
      subscription.close();
    }
    return subscription;
  }

  /// Sends a message, signed, to the peers of a topic; this node need not be in it.
  ///
  /// @param data at most 1,040,384 bytes
  /// @return to how many peers it went at once; 0 is no error, but nobody will get it
  /// @throws IllegalArgumentException if the topic is empty or longer than 256 bytes, or the data
  ///   too long
  /// @throws PubSubException when closed or interrupted
  public int publish(String topic, Bytes data) {
    return await(driver.publish(topic, data));
  }

  /// The connected peers that are in a topic.
  ///
  /// @throws PubSubException when closed or interrupted
  public Set<PeerId> peers(String topic) {
    return await(driver.inspect(engine -> engine.peers(topic)));
  }

  /// The peers that we exchange a topic's messages with at once.
  ///
  /// @throws PubSubException when closed or interrupted
  public Set<PeerId> mesh(String topic) {
    return await(driver.inspect(engine -> engine.mesh(topic)));
  }

  /// The topics that this node is in.
  public Set<String> topics() {
    return Set.copyOf(topics.keySet());
  }

  /// What happens in the overlay from now on, for a reader on a thread of its own.
  public EventStream<GossipEvent> events(int capacity) {
    return driver.events(capacity);
  }

  private void deliver(GossipEffect.Deliver delivery) {
    var message = TopicMessage.of(delivery);
    topics.getOrDefault(message.topic(), List.of()).forEach(reader -> reader.deliver(message));
  }

  private void endAll() {
    topics.values().forEach(readers -> readers.forEach(Subscription::close));
  }

  private void ended(Subscription subscription) {
    synchronized (topics) {
      List<Subscription> readers = topics.get(subscription.topic());
      if (readers != null && readers.remove(subscription) && readers.isEmpty()) {
        topics.remove(subscription.topic());
        driver.unsubscribe(subscription.topic());
      }
    }
  }

  private static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PubSubException(PubSubException.Reason.INTERRUPTED, "interrupted");
    } catch (CancellationException e) {
      throw new PubSubException(PubSubException.Reason.CLOSED, "pub/sub is closed");
    } catch (TimeoutException e) {
      throw new PubSubException(
          PubSubException.Reason.OVERLOADED,
          "no answer within " + PATIENCE.toSeconds() + " s: too busy");
    } catch (ExecutionException bug) {
      throw new IllegalStateException(bug.getCause());
    }
  }

  /// Ends every subscription, stops serving gossipsub and waits for the engine's thread to end.
  /// Idempotent; the host stays open.
  @Override
  public void close() {
    driver.close();
  }
}
