package io.kadenza.kad.engine;

import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.provide.Assignment;
import io.kadenza.kad.provide.Keystore;
import io.kadenza.kad.provide.Provided;
import io.kadenza.kad.provide.Span;
import io.kadenza.multiformats.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One region of the keyspace whose servers are told of our keys there: its servers are found once,
/// then the keys are announced page by page.
final class RegionSweep implements Exploration.Owner, Announcement.Owner {
  /// Which keys are to be told.
  sealed interface Purpose {
    /// Those of which nobody has been told.
    enum Waiting implements Purpose {
      INSTANCE
    }

    /// Those from the cell on that have not been told in a stretch of time.
    record Due(Instant from, Instant to) implements Purpose {}
  }

  private final Node node;
  private final Keystore keystore;
  private final Purpose purpose;
  private final int cell;
  private final Consumer<RegionSweep> whenDone;
  private final Chart chart;
  private final double radius;
  private final Exploration exploration;
  private final long startedAt;

  private @Nullable Span region;
  private @Nullable Assignment assignment;
  private @Nullable Announcement announcement;
  private @Nullable Bytes after;
  private int told;
  private int missed;
  private int messages;
  private boolean anybodyThere;

  /// @param chart what earlier explorations have found
  RegionSweep(
      Node node,
      Keystore keystore,
      Chart chart,
      Purpose purpose,
      int cell,
      Consumer<RegionSweep> whenDone) {
    this.node = node;
    this.keystore = keystore;
    this.purpose = purpose;
    this.cell = cell;
    this.whenDone = whenDone;
    this.startedAt = node.now.nanos();
    this.chart = chart;
    radius = node.region().radius();
    exploration = new Exploration(node, chart, cell, radius, this);
  }

  void start() {
    exploration.start();
  }

  /// When [#tick] is due.
  long deadline() {
    return exploration.deadline();
  }

  void tick() {
    exploration.tick();
  }

  @Override
  public void explored() {
    if (exploration.asked() > 0 && exploration.answered() == 0) {
      // Whoever is cut off must not take all servers for gone.
      whenDone.accept(this);
      return;
    }
    if (region == null) {
      region = exploration.region();
    }
    Assignment present = assignment;
    if (present == null) {
      nextPage();
    } else {
      present.add(chart.known(), center());
      announce(present);
    }
  }

  /// Any point of the region; those who are not in it are farther from all of them than those who
  /// are.
  private KadKey center() {
    byte[] digest = new byte[KadKey.BYTES];
    digest[0] = (byte) (cell >>> 8);
    digest[1] = (byte) cell;
    return KadKey.ofDigest(digest);
  }

  private void nextPage() {
    List<Provided> page = page();
    // Without anybody to tell, what is left is left for another time.
    if (page.isEmpty() || chart.known().isEmpty()) {
      whenDone.accept(this);
      return;
    }
    after = page.getLast().key();
    var next = new Assignment(page, node.config.k(), radius);
    next.add(chart.known(), center());
    assignment = next;
    announce(next);
  }

  private List<Provided> page() {
    return switch (purpose) {
      case Purpose.Waiting _ -> keystore.waiting(span(), after, EngineEffect.Announce.MAX_BATCH);
      case Purpose.Due(var from, var to) ->
          keystore.notTold(from, to, span(), after, EngineEffect.Announce.MAX_BATCH);
    };
  }

  /// The stretch that is done once this is over.
  Span span() {
    Span all = region == null ? exploration.region() : region;
    return switch (purpose) {
      case Purpose.Waiting _ -> all;
      case Purpose.Due _ -> new Span(cell, all.to());
    };
  }

  private void announce(Assignment what) {
    var started = new Announcement(node, what, this);
    announcement = started;
    started.start();
  }

  @Override
  public void announced() {
    Assignment finished = assignment;
    if (finished == null) {
      return;
    }
    if (announcement != null) {
      messages += announcement.messages();
      anybodyThere |= announcement.isAnybodyThere();
      announcement = null;
    }
    finished.gone().forEach(chart::forget);
    Span explored = exploration.region();
    if (finished.left(explored) < node.config.k() && explored.width() < Span.CELLS) {
      exploration.widen();
      return;
    }
    settle(finished);
    assignment = null;
    nextPage();
  }

  private void settle(Assignment finished) {
    List<Provided> well = new ArrayList<>();
    List<Provided> badly = new ArrayList<>();
    List<Provided> keys = finished.keys();
    for (int i = 0; i < keys.size(); i++) {
      (finished.isTold(i) ? well : badly).add(keys.get(i));
    }
    keystore.told(well, node.now.wall());
    keystore.untold(badly);
    told += well.size();
    missed += badly.size();
  }

  Purpose purpose() {
    return purpose;
  }

  /// Whether anybody at all has answered.
  boolean hasMetAnybody() {
    return exploration.answered() > 0 || anybodyThere;
  }

  int findNodes() {
    return exploration.asked();
  }

  int messages() {
    return messages;
  }

  /// How many keys were told to enough peers.
  int told() {
    return told;
  }

  /// How many were not.
  int missed() {
    return missed;
  }

  long startedAt() {
    return startedAt;
  }
}
