package io.kadenza.kad.internal;

import io.kadenza.kad.engine.Neighbourhood;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.table.TableSnapshot;
import io.kadenza.multiformats.PeerId;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Who is in the routing table: walks begin there, so connections with these are the most useful.
/// Safe for use by any thread.
final class TableMembers implements Predicate<PeerId> {
  private final Neighbourhood neighbourhood;
  private volatile Known known;

  private record Known(TableSnapshot table, Set<PeerId> peers) {
    static Known of(TableSnapshot table) {
      return new Known(
          table, table.all().stream().map(Contact::id).collect(Collectors.toUnmodifiableSet()));
    }
  }

  TableMembers(Neighbourhood neighbourhood) {
    this.neighbourhood = neighbourhood;
    this.known = Known.of(neighbourhood.table());
  }

  @Override
  public boolean test(PeerId peer) {
    TableSnapshot table = neighbourhood.table();
    Known members = known;
    if (members.table != table) {
      members = Known.of(table);
      known = members;
    }
    return members.peers.contains(peer);
  }
}
