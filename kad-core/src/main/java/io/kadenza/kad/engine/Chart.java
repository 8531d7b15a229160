package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.provide.Coverage;
import io.kadenza.kad.provide.Span;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which servers there are, as far as a sweep has explored the keyspace lately: what lies at the
/// edge of one region need not be asked for again in the next. Confined to the engine.
final class Chart {
  /// By then so many servers have come and gone that it is drawn anew.
  private static final long MAX_AGE_NANOS = Duration.ofMinutes(10).toNanos();

  private static final int MAX_SERVERS = 4_096;

  private final long drawnAt;
  private final Coverage coverage = new Coverage();
  private final Set<Contact> servers = new HashSet<>();
  private final Set<Contact> gone = new HashSet<>();

  Chart(long now) {
    drawnAt = now;
  }

  boolean isStale(long now) {
    return now - drawnAt > MAX_AGE_NANOS || servers.size() + gone.size() > MAX_SERVERS;
  }

  Coverage coverage() {
    return coverage;
  }

  void add(Collection<Contact> heard) {
    for (Contact contact : heard) {
      if (!gone.contains(contact)) {
        servers.add(contact);
      }
    }
  }

  /// A server turned out not to be there, whoever names it.
  void forget(Contact contact) {
    servers.remove(contact);
    gone.add(contact);
  }

  List<Contact> known() {
    return List.copyOf(servers);
  }

  /// How many servers are known in a span.
  int count(Span span) {
    int count = 0;
    for (Contact contact : servers) {
      count += span.contains(contact.key()) ? 1 : 0;
    }
    return count;
  }
}
