package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.lookup.Lookup;
import io.kadenza.kad.lookup.LookupConfig;
import io.kadenza.kad.lookup.Region;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.kad.upkeep.RefreshKeys;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Looks for peers of a region by asking for keys beside its middle.
///
/// Whoever is asked for a key names the k closest he knows. If more than k have ground their ids to
/// lie right at the key, these fill every such list, and nobody farther off is named however many
/// are asked. So short walks go to other points of the region, one in each of its outer octaves,
/// where the same ids are no closer than anybody's. Whoever is in the crowd is not asked about
/// others.
final class RegionProbe implements Walk.Walker {
  /// The outermost octaves hold all but a sixteenth of a region.
  private static final int OCTAVES = 4;

  private final Node node;
  private final Lookup lookup;
  private final Region region;
  private final Consumer<List<Contact>> whenDone;
  private final List<Walk> walks = new ArrayList<>();
  private final Set<Contact> found = new LinkedHashSet<>();
  private int open = 1;

  /// @param whenDone told once whom the walks have heard of
  RegionProbe(Node node, Lookup lookup, Region region, Consumer<List<Contact>> whenDone) {
    this.node = node;
    this.lookup = lookup;
    this.region = region;
    this.whenDone = whenDone;
  }

  void start() {
    KadKey target = lookup.target();
    LookupConfig config = node.config.lookup().withFollowUp(false).withPaths(1).withEager(false);
    int outermost = -Math.getExponent(region.radius()) - 1;
    int last = Math.min(outermost + OCTAVES - 1, RefreshKeys.MAX_PREFIX);
    for (int octave = Math.max(0, outermost); octave <= last; octave++) {
      var question = new KadRequest.FindNode(RefreshKeys.inBucket(target, octave, node.random));
      var errand =
          new Walk.Errand(
              EngineEvent.NO_OPERATION, question, config, Region.UNKNOWN, lookup.known());
      walks.add(Walk.of(node, errand, this));
    }
    open += walks.size();
    walks.forEach(Walk::start);
    settle();
  }

  boolean isOver() {
    return open == 0;
  }

  void end(Termination reason) {
    walks.forEach(walk -> walk.end(reason));
  }

  @Override
  public boolean admits(Contact contact) {
    return !lookup.isInCrowd(contact);
  }

  @Override
  public boolean heard(Contact from, KadResponse response) {
    return false;
  }

  @Override
  public void walked(Walk walk) {
    found.addAll(walk.known());
    settle();
  }

  private void settle() {
    open--;
    if (open == 0) {
      whenDone.accept(List.copyOf(found));
    }
  }
}
