package io.kadenza.kad.net;

import io.kadenza.kad.engine.EngineEffect;
import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.kad.engine.Finding;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.KadEngine;
import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.engine.Stores;
import io.kadenza.kad.key.Contact;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// One engine in a [TestNetwork], and what came out of it.
public final class TestNode {
  public final Contact contact;

  /// Replaced by a restart.
  public KadEngine engine;

  public final Map<Long, Outcome> outcomes = new HashMap<>();
  public final List<Finding> findings = new ArrayList<>();
  public final List<EngineEvent> events = new ArrayList<>();

  final KadConfig config;
  private Stores stores;

  /// Peers it has a connection with.
  final Set<PeerId> connections = new LinkedHashSet<>();

  /// Requests it sent that are not answered, failed or abandoned.
  public final Map<Long, PeerId> asked = new HashMap<>();

  /// Whether it takes part: a node that is down neither answers nor refuses.
  public boolean up = true;

  /// Looks at each request that it sends.
  public Consumer<EngineEffect.Ask> whenAsking = _ -> {};

  public int maxInFlight;
  public int requestsSent;

  /// Batches of announcements, and the announcements in them.
  public int batchesSent;

  public int announced;
  long tickAt = Long.MAX_VALUE;

  TestNode(PeerInfo info, KadConfig config, RandomGenerator random) {
    this(info, config, random, Stores.inMemory(config, random));
  }

  TestNode(PeerInfo info, KadConfig config, RandomGenerator random, Stores stores) {
    this.contact = Contact.of(info);
    this.config = config;
    this.stores = stores;
    this.engine = new KadEngine(config, contact, random, stores);
  }

  /// A new engine with what the old one has stored.
  void restart(RandomGenerator random, Stores again) {
    stores = again;
    engine = new KadEngine(config, contact, random, stores);
    connections.clear();
    asked.clear();
    tickAt = Long.MAX_VALUE;
    up = true;
  }

  public Stores stores() {
    return stores;
  }

  public PeerId id() {
    return contact.id();
  }

  public PeerInfo info() {
    return contact.info();
  }

  public boolean isServer() {
    return engine.neighbourhood().isServing();
  }

  public int tableSize() {
    return engine.neighbourhood().table().size();
  }

  public boolean knows(TestNode other) {
    return engine.neighbourhood().table().closest(other.contact.key(), 1).contains(other.contact);
  }

  public <T extends EngineEvent> List<T> events(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  public <T extends Finding> List<T> findings(Class<T> kind) {
    return findings.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
