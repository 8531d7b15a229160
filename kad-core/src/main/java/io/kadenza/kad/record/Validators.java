package io.kadenza.kad.record;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The validators of a network, each for the keys that begin with `/namespace/`. Immutable.
///
/// A **strict** registry knows nothing but its namespaces: "records with other prefixes are not
/// supported and MUST be rejected" (IPFS kad-dht). An **open** one takes every other key as well,
/// of any bytes: such a value is always valid, the last write to a node wins there, and of several
/// values that a walk meets the most frequent is the best, of equally frequent ones the first met.
///
/// A validator is the application's, and what it is given a peer's: where one throws, the value is
/// invalid, and of several the first is the best.
public final class Validators implements Validator {
  private static final byte SLASH = '/';

  private final Map<Bytes, Validator> byNamespace;
  private final boolean open;

  private Validators(Map<Bytes, Validator> byNamespace, boolean open) {
    this.byNamespace = new TreeMap<>(byNamespace);
    this.open = open;
  }

  /// Only `/pk/`, and whatever [#with] adds.
  public static Validators strict() {
    return new Validators(Map.of(), false).with("pk", new PublicKeyValidator());
  }

  /// `/pk/`, whatever [#with] adds, and every other key without any check.
  public static Validators open() {
    return new Validators(Map.of(), true).with("pk", new PublicKeyValidator());
  }

  /// These validators and one more, which replaces an earlier one for the same namespace.
  ///
  /// @param namespace without slashes, such as `ipns`
  public Validators with(String namespace, Validator validator) {
    if (namespace.isEmpty() || namespace.indexOf('/') >= 0) {
      throw new IllegalArgumentException("a namespace is a word without '/': " + namespace);
    }
    var all = new TreeMap<>(byNamespace);
    all.put(Bytes.utf8(namespace), Objects.requireNonNull(validator));
    return new Validators(all, open);
  }

  /// Whether values under `/namespace/…` have a validator of their own.
  public boolean know(String namespace) {
    return byNamespace.containsKey(Bytes.utf8(namespace));
  }

  /// Whether keys without a known namespace are taken.
  public boolean isOpen() {
    return open;
  }

  @Override
  public Verdict validate(Bytes key, Bytes value, Instant now) {
    if (key.isEmpty()) {
      return Verdict.invalid("the key is empty");
    }
    Validator validator = of(key);
    if (validator != null) {
      return verdict(validator, key, value, now);
    }
    return open
        ? Verdict.valid()
        : Verdict.invalid("the key does not begin with one of /" + names() + "/");
  }

  private static Verdict verdict(Validator validator, Bytes key, Bytes value, Instant now) {
    try {
      return Objects.requireNonNull(validator.validate(key, value, now), "no verdict");
    } catch (Exception | AssertionError | LinkageError | StackOverflowError bug) {
      return Verdict.invalid("its validator fails: " + MalformedException.quote(bug.toString()));
    }
  }

  @Override
  public int select(Bytes key, List<Bytes> values) {
    Objects.checkIndex(0, values.size());
    Validator validator = of(key);
    return validator != null ? choice(validator, key, values) : mostFrequent(values);
  }

  private static int choice(Validator validator, Bytes key, List<Bytes> values) {
    try {
      return Objects.checkIndex(validator.select(key, values), values.size());
    } catch (Exception | AssertionError | LinkageError | StackOverflowError bug) {
      return 0;
    }
  }

  private static int mostFrequent(List<Bytes> values) {
    int best = 0;
    int bestCount = 0;
    var counts = new HashMap<Bytes, Integer>();
    for (Bytes value : values) {
      counts.merge(value, 1, Integer::sum);
    }
    for (int i = 0; i < values.size(); i++) {
      int count = counts.getOrDefault(values.get(i), 0);
      if (count > bestCount) {
        best = i;
        bestCount = count;
      }
    }
    return best;
  }

  /// The validator of the key's namespace, null if it has none that is known. A key is
  /// `/namespace/path`.
  private @Nullable Validator of(Bytes key) {
    if (key.isEmpty() || key.at(0) != SLASH) {
      return null;
    }
    int end = 1;
    while (end < key.size() && key.at(end) != SLASH) {
      end++;
    }
    return end < key.size() ? byNamespace.get(key.slice(1, end)) : null;
  }

  private String names() {
    return String.join("/, /", byNamespace.keySet().stream().map(Bytes::utf8).toList());
  }
}
