package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.record.ProviderLimits;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Finds who provides what a key names, those known here first. Each provider is reported once, at
/// the addresses then known; the outcome has all that were named meanwhile.
final class FindProvidersRun extends WalkRun<Outcome.Providers> {
  /// What one operation collects at most, however many a key has.
  private static final int MAX_FOUND = 4_096;

  /// When the addresses that were named are so many bytes, further providers keep a few of theirs,
  /// and those found get no more: four liars could name 32 MiB otherwise.
  private static final int MAX_ADDRESS_BYTES = 4 << 20;

  private static final int FEW = 3;

  private final Operation.FindProviders operation;
  private final Map<PeerId, Whereabouts> found = new LinkedHashMap<>();

  private int addressBytes;

  FindProvidersRun(Node node, long id, long deadline, Operation.FindProviders operation) {
    super(node, id, deadline);
    this.operation = operation;
  }

  @Override
  void start() {
    Bytes key = operation.key();
    if (!ProviderLimits.isKey(key)) {
      // Peers refuse to be asked, and that is no fault of theirs.
      done(outcome(LookupStats.none(Termination.STOPPED)));
      return;
    }
    take(node.providersOf(key));
    if (isEnough()) {
      done(outcome(LookupStats.none(Termination.STOPPED)));
      return;
    }
    walkToHolders(new KadRequest.GetProviders(key));
  }

  private void take(List<PeerInfo> providers) {
    var named = new HashSet<PeerId>();
    for (PeerInfo provider : providers) {
      if (isEnough()) {
        return;
      }
      // Whoever names one twice is still one.
      if (named.add(provider.id())) {
        take(node.config.addresses().filter(provider));
      }
    }
  }

  private void take(PeerInfo provider) {
    Whereabouts known = found.get(provider.id());
    Whereabouts where = known == null ? new Whereabouts(provider.id()) : known;
    List<Multiaddr> addresses = provider.addresses();
    if (addressBytes >= MAX_ADDRESS_BYTES) {
      addresses = known == null ? addresses.stream().limit(FEW).toList() : List.of();
    }
    where.add(addresses);
    addresses.forEach(address -> addressBytes += address.bytes().size());
    if (known == null) {
      found.put(provider.id(), where);
      progress(new Finding.ProviderFound(where.info()));
    }
  }

  private boolean isEnough() {
    int count = operation.count() == 0 ? MAX_FOUND : Math.min(operation.count(), MAX_FOUND);
    return found.size() >= count;
  }

  @Override
  public boolean heard(Contact from, KadResponse response) {
    if (response instanceof KadResponse.Providers answer) {
      take(answer.providers());
    }
    return isEnough();
  }

  @Override
  public void walked(Walk walk) {
    done(outcome(walk.stats()));
  }

  private Outcome.Providers outcome(LookupStats stats) {
    return new Outcome.Providers(found.values().stream().map(Whereabouts::info).toList(), stats);
  }
}
