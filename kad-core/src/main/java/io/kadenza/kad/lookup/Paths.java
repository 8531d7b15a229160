package io.kadenza.kad.lookup;

import io.kadenza.kad.key.Contact;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// The separate ways of a walk to its target. Each must find β peers that answer closest among
/// those it has heard of itself, so that a peer that names only accomplices spoils the one path it
/// is on.
final class Paths {
  private final LookupConfig config;
  private final Candidates candidates;
  private final int[] answered;
  private final int[] inFlight;
  private final int[] next;

  /// The path of each IP group that a seed is of.
  private final Map<Long, Integer> groups = new HashMap<>(0);

  private int dealt;
  private boolean done;

  Paths(LookupConfig config, Candidates candidates) {
    this.config = config;
    this.candidates = candidates;
    int count = config.paths();
    answered = new int[count];
    inFlight = new int[count];
    next = new int[count];
    done = count == 1;
  }

  /// Chooses the path of a seed. Those that share an IP group, and so perhaps an owner, share a
  /// path.
  int deal(Contact seed) {
    if (next.length == 1) {
      return 0;
    }
    int path = -1;
    for (long group : seed.ipGroups()) {
      path = groups.getOrDefault(group, path);
    }
    if (path < 0) {
      path = dealt++ % next.length;
    }
    for (long group : seed.ipGroups()) {
      groups.putIfAbsent(group, path);
    }
    return path;
  }

  /// Whether there are no separate paths, or none any more.
  boolean areDone() {
    return done || survey();
  }

  /// Whom to ask on the path that has the fewest requests open; negative if there is nobody for the
  /// moment. Only while not all paths are done, and right after [#areDone] has said so.
  int choose() {
    int share = Math.max(1, config.alpha() / config.paths());
    int chosen = -1;
    for (int path = 0; path < next.length; path++) {
      if (next[path] >= 0
          && inFlight[path] < share
          && (chosen < 0 || inFlight[path] < inFlight[candidates.path(chosen)])) {
        chosen = next[path];
      }
    }
    return chosen;
  }

  /// Looks at what each path has before it; true if none has anything, now or when what is open is
  /// answered.
  private boolean survey() {
    Arrays.fill(answered, 0);
    Arrays.fill(inFlight, 0);
    Arrays.fill(next, -1);
    for (int i = 0; i < candidates.count(); i++) {
      int path = candidates.path(i);
      switch (candidates.state(i)) {
        case Candidates.ANSWERED -> {
          if (next[path] < 0 && inFlight[path] == 0) {
            answered[path]++;
          }
        }
        case Candidates.ASKED -> {
          if (answered[path] < config.beta()) {
            inFlight[path]++;
          }
        }
        case Candidates.HEARD -> {
          if (answered[path] < config.beta() && next[path] < 0) {
            next[path] = i;
          }
        }
        default -> {}
      }
    }
    for (int path = 0; path < next.length; path++) {
      if (next[path] >= 0 || inFlight[path] > 0) {
        return false;
      }
    }
    done = true;
    return true;
  }
}
