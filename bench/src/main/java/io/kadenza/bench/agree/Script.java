package io.kadenza.bench.agree;

import io.kadenza.multiformats.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Who does what when. Immutable.
///
/// Nodes join one after another by way of up to three that are there; when the tables have come to
/// rest, lookups, puts, gets, provides and searches follow each other.
///
/// @param length when everything is over
record Script(int nodes, List<Join> joins, List<Step> steps, Duration length) {
  private static final int SEEDS = 3;
  private static final int KEY_BYTES = 32;

  /// Each joining node shakes hands with all others: on two cores a hundred nodes need the time.
  private static final Duration BETWEEN_JOINS = Duration.ofMillis(700);

  private static final Duration BETWEEN_STEPS = Duration.ofMillis(100);

  /// A table with less than k peers is refreshed every 30 s at most; after that there is quiet.
  private static final Duration REST = Duration.ofSeconds(40);

  private static final Duration END = Duration.ofSeconds(5);

  Script {
    joins = List.copyOf(joins);
    steps = List.copyOf(steps);
  }

  /// @param seeds by which nodes
  record Join(Duration at, int node, List<Integer> seeds) {
    Join {
      seeds = List.copyOf(seeds);
    }
  }

  enum Verb {
    LOOKUP,
    PUT,
    GET,
    PROVIDE,
    FIND
  }

  record Step(Duration at, int node, Verb verb, Bytes key) {}

  /// @param perVerb how many operations of each kind
  static Script of(int nodes, int perVerb, long seed) {
    var random = new SplittableRandom(seed);
    var joins = new ArrayList<Join>();
    Duration at = Duration.ZERO;
    for (int node = 1; node < nodes; node++) {
      var seeds = new ArrayList<Integer>();
      for (int i = 0; i < SEEDS; i++) {
        int one = random.nextInt(node);
        if (!seeds.contains(one)) {
          seeds.add(one);
        }
      }
      joins.add(new Join(at, node, seeds));
      at = at.plus(BETWEEN_JOINS);
    }
    at = at.plus(REST);
    List<Bytes> values = keys(perVerb, random, "/test/");
    List<Bytes> contents = keys(perVerb, random, "");
    List<Bytes> anything = keys(perVerb, random, "");
    var steps = new ArrayList<Step>();
    for (Verb verb : Verb.values()) {
      List<Bytes> keys =
          switch (verb) {
            case LOOKUP -> anything;
            case PUT, GET -> values;
            case PROVIDE, FIND -> contents;
          };
      for (Bytes key : keys) {
        steps.add(new Step(at, random.nextInt(nodes), verb, key));
        at = at.plus(BETWEEN_STEPS);
      }
    }
    return new Script(nodes, joins, steps, at.plus(END));
  }

  private static List<Bytes> keys(int count, SplittableRandom random, String prefix) {
    var keys = new ArrayList<Bytes>();
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[KEY_BYTES];
      random.nextBytes(bytes);
      Bytes key = Bytes.wrap(bytes);
      keys.add(prefix.isEmpty() ? key : Bytes.utf8(prefix + key.toHex()));
    }
    return keys;
  }
}
