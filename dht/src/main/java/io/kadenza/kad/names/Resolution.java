package io.kadenza.kad.names;

import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.record.ipns.IpnsName;
import io.kadenza.kad.record.ipns.IpnsRecord;
import io.kadenza.multiformats.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the search for a name's content came to.
public sealed interface Resolution {

  /// One name on the way, and the record that was believed.
  ///
  /// @param answers how many valid records were seen; 0 if it came from the cache
  /// @param lookup how the walk went; empty likewise
  record Step(IpnsName name, IpnsRecord record, int answers, Optional<LookupStats> lookup) {}

  /// The name points somewhere.
  ///
  /// @param value what the last record says, with what followed its name in the record before. It
  ///   is usually a path in text, and never one below a peer's name, unless only one record was
  ///   asked for
  /// @param steps one for each name that was followed, at least one
  record Found(Bytes value, List<Step> steps) implements Resolution {
    public Found {
      steps = List.copyOf(steps);
    }

    /// When the first of the records on the way expires.
    public Instant expires() {
      return steps.stream().map(s -> s.record().expires()).min(Instant::compareTo).orElseThrow();
    }

    /// For how long readers may keep the value.
    public Duration ttl() {
      return steps.stream().map(s -> s.record().ttl()).min(Duration::compareTo).orElseThrow();
    }
  }

  /// Nobody who was asked has a valid record of `name`, which may be another than the one asked
  /// for.
  record NotFound(IpnsName name, LookupStats lookup) implements Resolution {}

  /// All that was found is older than a record seen before, which has expired since: its owner has
  /// said something else in the meantime, so somebody plays back the past.
  ///
  /// @param offered the best record found
  /// @param highest the sequence seen before, without a sign
  record RolledBack(IpnsName name, IpnsRecord offered, long highest) implements Resolution {}

  /// Names that point at names, more than anybody needs; usually a circle.
  ///
  /// @param next where it would go on
  record TooDeep(Bytes next) implements Resolution {}
}
