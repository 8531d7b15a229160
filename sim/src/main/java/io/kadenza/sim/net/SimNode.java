package io.kadenza.sim.net;

import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.KadEngine;
import io.kadenza.kad.engine.Neighbourhood;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.record.RecordStore;
import io.kadenza.kad.table.TableSnapshot;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One node: the engine that every real node runs, who it is, and where it lives. Owned by a
/// [Network].
public final class SimNode {
  private final int index;
  private final Contact contact;
  private final PeerInfo info;
  private final KadConfig config;
  private final Storage storage;

  /// An index into [LatencyModel#REGIONS].
  final byte region;

  /// Nanos.
  long lastMile;

  final Connections connections = new Connections();

  private KadEngine engine;

  /// The part of the engine that answers most requests, at hand without a look at the engine.
  private Neighbourhood neighbourhood;

  private RecordStore records;
  private boolean up = true;
  private @Nullable Conduct conduct;
  private @Nullable WallClock clock;

  /// On which side of a partition; all are on the same if there is none.
  byte side;

  /// The shares of the messages it sends, and of those sent to it, that are lost at first.
  float lossOut;

  float lossIn;

  /// When the last of the messages that wait for its line has gone out.
  long lineFreeAt = Long.MIN_VALUE;

  /// How often the node has started; what was on its way to an earlier life arrives nowhere.
  int life;

  /// The wake-up that counts; others are left-overs.
  long wakeAt = Long.MAX_VALUE;

  long received;
  long dials;
  long bytesSent;

  SimNode(
      int index,
      PeerInfo info,
      KadConfig config,
      byte region,
      long lastMile,
      Storage storage,
      RandomGenerator random) {
    this.storage = storage;
    this.index = index;
    this.contact = Contact.of(info);
    this.info = info;
    this.config = config;
    this.region = region;
    this.lastMile = lastMile;
    records = storage.records(config);
    engine = new KadEngine(config, contact, random, records, storage.providers(config, random));
    neighbourhood = engine.neighbourhood();
  }

  /// Starts the node's next life: with nothing of what it knew or kept.
  void restart(RandomGenerator random) {
    records = storage.records(config);
    engine = new KadEngine(config, contact, random, records, storage.providers(config, random));
    neighbourhood = engine.neighbourhood();
    connections.clear();
    wakeAt = Long.MAX_VALUE;
    life++;
    up = true;
  }

  void stop() {
    up = false;
    life++;
  }

  /// Its place in [Network#nodes].
  public int index() {
    return index;
  }

  public PeerId id() {
    return info.id();
  }

  public KadKey key() {
    return contact.key();
  }

  public Contact contact() {
    return contact;
  }

  public PeerInfo info() {
    return info;
  }

  public KadConfig config() {
    return config;
  }

  public KadEngine engine() {
    return engine;
  }

  /// The values it keeps. To be looked at, not to be changed.
  public RecordStore records() {
    return records;
  }

  public TableSnapshot table() {
    return neighbourhood.table();
  }

  Neighbourhood neighbourhood() {
    return neighbourhood;
  }

  /// Whether it takes part; a node that is not up says nothing at all.
  public boolean isUp() {
    return up;
  }

  public boolean isServer() {
    return neighbourhood.isServing();
  }

  /// Whether its answers are its engine's.
  public boolean isHonest() {
    return conduct == null;
  }

  public @Nullable Conduct conduct() {
    return conduct;
  }

  /// Gives the node a behaviour of its own.
  public void conduct(Conduct value) {
    conduct = value;
  }

  public Region region() {
    return LatencyModel.REGIONS[region];
  }

  /// What it takes for the time of day; null if its clock is right.
  public @Nullable WallClock clock() {
    return clock;
  }

  /// Goes on when the node restarts.
  void clock(WallClock value) {
    clock = value;
  }

  /// Makes its line slower: each message to and from it takes longer, those that open a connection
  /// included.
  ///
  /// @param nanos for each message
  public void slowDown(long nanos) {
    lastMile += nanos;
  }

  /// How often it has started or stopped.
  public int life() {
    return life;
  }

  public long received() {
    return received;
  }

  /// The bytes of the requests and answers that it has sent.
  public long bytesSent() {
    return bytesSent;
  }

  /// How many connections it has opened.
  public long dials() {
    return dials;
  }

  @Override
  public String toString() {
    return "node " + index + " (" + id().shortName() + ")";
  }
}
