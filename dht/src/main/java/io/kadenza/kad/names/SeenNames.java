package io.kadenza.kad.names;

import io.kadenza.kad.record.ipns.IpnsName;
import io.kadenza.kad.record.ipns.IpnsRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The best record seen of each name: as long as it is fresh the answer to who asks, as long as it
/// is valid better than any older one, and after that a reason to distrust what is older. Safe for
/// use by any thread; those used longest ago are forgotten first.
final class SeenNames {
  /// 10 KiB each at most.
  private static final int MAX_NAMES = 1_024;

  /// @param from when the network was asked
  /// @param until when it has to be asked again
  private record Seen(IpnsRecord best, Instant from, Instant until) {

    /// A clock that was set back makes nothing fresh.
    boolean isFresh(Instant now) {
      return !now.isBefore(from) && now.isBefore(until);
    }
  }

  private final LinkedHashMap<IpnsName, Seen> names =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<IpnsName, Seen> eldest) {
          return size() > MAX_NAMES;
        }
      };

  /// The record that may be relied on without asking the network.
  synchronized Optional<IpnsRecord> fresh(IpnsName name, Instant now) {
    Seen seen = names.get(name);
    return seen != null && seen.isFresh(now) ? Optional.of(seen.best) : Optional.empty();
  }

  /// The best record ever seen, expired or not.
  synchronized Optional<IpnsRecord> best(IpnsName name) {
    Seen seen = names.get(name);
    return seen == null ? Optional.empty() : Optional.of(seen.best);
  }

  /// Takes in a valid record that the network holds.
  ///
  /// @return the one to rely on: this one, or a better one seen before that is still valid. Empty
  ///   if the better one has expired: that does not make the older one true again
  synchronized Optional<IpnsRecord> admit(IpnsName name, IpnsRecord record, Instant now) {
    Seen seen = names.get(name);
    if (seen == null || record.compareTo(seen.best) >= 0) {
      names.put(name, new Seen(record, now, freshUntil(record, now)));
      return Optional.of(record);
    }
    return seen.best.isExpired(now) ? Optional.empty() : Optional.of(seen.best);
  }

  /// Kept for the TTL at most, and never beyond the record's own end.
  private static Instant freshUntil(IpnsRecord record, Instant now) {
    Instant end = record.expires();
    // Compared before it is added: a TTL may be 292 years.
    boolean lasts = record.ttl().compareTo(Duration.between(now, end)) >= 0;
    return lasts ? end : now.plus(record.ttl());
  }
}
