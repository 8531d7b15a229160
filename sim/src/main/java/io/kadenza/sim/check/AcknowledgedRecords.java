package io.kadenza.sim.check;

import io.kadenza.kad.engine.Operation;
import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.engine.PeerOutcome;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.record.RecordLimits;
import io.kadenza.kad.record.RecordStore;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Bytes;
import io.kadenza.sim.net.Network;
import io.kadenza.sim.net.SimNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whoever has confirmed a value, is honest and has not stopped since keeps that value, or one that
/// it has confirmed later, until its time is over by its own clock, or its store is full and the
/// value may have had to give way. And whoever counts copies counts none that nobody has confirmed.
public final class AcknowledgedRecords implements Checker {
  private final Network network;
  private final Map<Place, Promise> promises = new HashMap<>();

  /// The keys of the puts under way, by operation.
  private final Map<Long, Bytes> puts = new HashMap<>();

  /// Who has ever confirmed a key, lie or not.
  private final Set<Place> confirmed = new HashSet<>();

  /// Who puts a key itself, and so may have a newer value without having confirmed it to anybody.
  private final Set<Place> publishers = new HashSet<>();

  /// How many promises had been made when a node's store was last seen full.
  private final Map<SimNode, Long> full = new HashMap<>();

  private long made;

  private record Place(int node, Bytes key) {}

  /// @param number of promises made before it was made, or last seen kept
  private record Promise(SimNode by, int life, long number, Bytes value, Instant until) {
    Promise kept(long then) {
      return number == then ? this : new Promise(by, life, then, value, until);
    }
  }

  public AcknowledgedRecords(Network network) {
    this.network = network;
  }

  @Override
  public void begun(SimNode node, long operationId, Operation<?> operation, Duration limit) {
    if (operation instanceof Operation.PutValue put) {
      begunToStore(node, operationId, put.key());
    } else if (operation instanceof Operation.Publish publish) {
      begunToStore(node, operationId, publish.key());
    }
  }

  private void begunToStore(SimNode node, long operationId, Bytes key) {
    puts.put(operationId, key);
    publishers.add(new Place(node.index(), key));
  }

  @Override
  public void replied(SimNode by, KadRequest request, KadResponse response) {
    if (request instanceof KadRequest.PutValue put && response instanceof KadResponse.Stored) {
      var place = new Place(by.index(), put.key());
      confirmed.add(place);
      if (by.isHonest()) {
        look(by);
        Instant until = network.now(by).wall().plus(by.config().records().ttl());
        promises.put(place, new Promise(by, by.life(), made++, put.record().value(), until));
      }
    }
  }

  /// Notes whether a node's store is full, after it has taken something: what was there before may
  /// have given way. What did was no larger than a value may be.
  private void look(SimNode node) {
    RecordLimits limits = node.config().records();
    RecordStore store = node.records();
    if (store.size() >= limits.maxRecords()
        || store.bytes() > limits.maxBytes() - limits.maxKeyBytes() - limits.maxValueBytes()) {
      full.put(node, made);
    }
  }

  @Override
  public void done(SimNode node, long operationId, Outcome outcome) {
    Bytes key = puts.remove(operationId);
    if (key != null && outcome instanceof Outcome.Stored stored) {
      for (PeerOutcome one : stored.perPeer()) {
        SimNode by = network.node(one.peer().id());
        if (one.isStored() && (by == null || !confirmed.contains(new Place(by.index(), key)))) {
          throw new Violation("records", node + " counts a copy that nobody confirmed: " + one);
        }
      }
    }
  }

  @Override
  public void clockSet(SimNode node) {
    promises.values().removeIf(promise -> promise.by == node && isOver(promise));
  }

  private boolean isOver(Promise promise) {
    return promise.by.life() != promise.life
        || !network.now(promise.by).wall().isBefore(promise.until);
  }

  @Override
  public void inspect(Network network) {
    promises.values().removeIf(this::isOver);
    // Nobody is told of what a node stores at itself.
    publishers.stream()
        .map(place -> network.nodes().get(place.node))
        .distinct()
        .forEach(this::look);
    promises.entrySet().removeIf(entry -> hasGivenWay(entry.getKey(), entry.getValue()));
    promises.replaceAll((_, promise) -> promise.kept(made));
  }

  /// Whether a value is not there any more, and need not be.
  private boolean hasGivenWay(Place place, Promise promise) {
    SimNode by = promise.by;
    Optional<Record> held = by.records().get(place.key, network.now(by).wall());
    if (held.isEmpty()) {
      if (promise.number < full.getOrDefault(by, 0L)) {
        return true;
      }
      throw new Violation("records", by + " has lost a value that it confirmed: " + place.key);
    }
    if (!held.get().value().equals(promise.value) && !publishers.contains(place)) {
      throw new Violation("records", by + " has another value than it confirmed: " + place.key);
    }
    return false;
  }
}
