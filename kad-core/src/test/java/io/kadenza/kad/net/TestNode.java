package io.kadenza.kad.net;

import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.kad.engine.Finding;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.KadEngine;
import io.kadenza.kad.engine.Mode;
import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.key.Contact;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// One engine in a [TestNetwork], and what came out of it.
public final class TestNode {
  public final Contact contact;
  public final KadEngine engine;
  public final Map<Long, Outcome> outcomes = new HashMap<>();
  public final List<Finding> findings = new ArrayList<>();
  public final List<EngineEvent> events = new ArrayList<>();

  /// Peers it has a connection with.
  final Set<PeerId> connections = new LinkedHashSet<>();

  /// Requests it sent that are not answered, failed or abandoned.
  public final Map<Long, PeerId> asked = new HashMap<>();

  /// Whether it takes part: a node that is down neither answers nor refuses.
  public boolean up = true;

  public int maxInFlight;
  public int requestsSent;
  long tickAt = Long.MAX_VALUE;

  TestNode(PeerInfo info, KadConfig config, RandomGenerator random) {
    this.contact = Contact.of(info);
    this.engine = new KadEngine(config, info.id(), random);
  }

  public PeerId id() {
    return contact.id();
  }

  public PeerInfo info() {
    return contact.info();
  }

  public boolean isServer() {
    return engine.mode() == Mode.SERVER;
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
