package io.kadenza.host.internal;

import io.kadenza.host.Identification;
import io.kadenza.host.Limits;
import io.kadenza.host.Peerstore;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A [Peerstore] in memory, least recently touched peers forgotten first when it is full. What it
/// holds of peers that are connected is their connections' burden.
public final class MemoryPeerstore implements Peerstore {
  /// What the objects around a peer, an address and a protocol's name take.
  private static final int ENTRY_BYTES = 256;

  private static final int ADDRESS_BYTES = 128;
  private static final int NAME_BYTES = 64;

  private final Limits limits;
  private final LongSupplier nanos;
  private final Map<PeerId, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  /// What the peers take that are not connected, bytes.
  private long idleBytes;

  private static final class Entry {
    final Map<Multiaddr, Long> expiry = new HashMap<>(4);
    @Nullable Identification identification;
    boolean connected;

    /// Its part of the idle bytes.
    int idle;

    int bytes() {
      int addresses = 0;
      for (Multiaddr address : expiry.keySet()) {
        addresses += ADDRESS_BYTES + address.bytes().size();
      }
      return ENTRY_BYTES + addresses + (identification == null ? 0 : weight(identification));
    }
  }

  public MemoryPeerstore(Limits limits, LongSupplier nanos) {
    this.limits = limits;
    this.nanos = nanos;
  }

  @Override
  public synchronized void addAddresses(
      PeerId peer, Collection<Multiaddr> addresses, Duration ttl) {
    if (addresses.isEmpty()) {
      return;
    }
    Entry entry = entry(peer);
    long now = nanos.getAsLong();
    long until = now + TimeUnit.NANOSECONDS.convert(ttl);
    for (Multiaddr address : addresses) {
      Multiaddr plain = address.withoutPeer();
      Long known = entry.expiry.get(plain);
      if (known != null) {
        if (until - known > 0) {
          entry.expiry.put(plain, until);
        }
      } else {
        if (entry.expiry.size() >= limits.maxAddressesPerPeer()) {
          dropSoonest(entry, now);
        }
        entry.expiry.put(plain, until);
      }
    }
    weigh(entry);
  }

  /// What is remembered of a peer that has said this of itself, bytes.
  static int weight(Identification said) {
    int bytes = 2 * NAME_BYTES + said.agent().length() + said.protocolVersion().length();
    for (String protocol : said.protocols()) {
      bytes += NAME_BYTES + protocol.length();
    }
    for (Multiaddr address : said.addresses()) {
      bytes += ADDRESS_BYTES + address.bytes().size();
    }
    return bytes;
  }

  /// Counts anew what an entry takes, and forgets others if it is too much.
  private void weigh(Entry entry) {
    int now = entry.connected ? 0 : entry.bytes();
    idleBytes += now - entry.idle;
    entry.idle = now;
    while (idleBytes > limits.maxPeerstoreBytes()) {
      dropOldest();
    }
  }

  private static void dropSoonest(Entry entry, long now) {
    entry.expiry.entrySet().stream()
        .min(Comparator.comparingLong(known -> known.getValue() - now))
        .ifPresent(soonest -> entry.expiry.remove(soonest.getKey()));
  }

  private Entry entry(PeerId peer) {
    Entry entry = entries.get(peer);
    if (entry == null) {
      if (entries.size() >= limits.maxPeerstorePeers()) {
        // Before it comes in, lest it be the one to go where all others are connected.
        dropOldest();
      }
      entry = new Entry();
      entries.put(peer, entry);
    }
    return entry;
  }

  private void dropOldest() {
    Iterator<Entry> oldest = entries.values().iterator();
    while (oldest.hasNext()) {
      Entry entry = oldest.next();
      if (!entry.connected) {
        idleBytes -= entry.idle;
        oldest.remove();
        return;
      }
    }
  }

  @Override
  public synchronized List<Multiaddr> addresses(PeerId peer) {
    Entry entry = entries.get(peer);
    if (entry == null) {
      return List.of();
    }
    long now = nanos.getAsLong();
    List<Multiaddr> alive = new ArrayList<>(entry.expiry.size());
    entry.expiry.forEach((address, until) -> {
      if (until - now > 0) {
        alive.add(address);
      }
    });
    return alive;
  }

  @Override
  public synchronized Optional<Identification> identification(PeerId peer) {
    Entry entry = entries.get(peer);
    return entry == null ? Optional.empty() : Optional.ofNullable(entry.identification);
  }

  @Override
  public synchronized List<PeerId> peers() {
    return List.copyOf(entries.keySet());
  }

  @Override
  public synchronized int size() {
    return entries.size();
  }

  /// Notes a connection: what is known of the peer is kept while it lasts.
  public synchronized void connected(PeerId peer) {
    Entry entry = entry(peer);
    entry.connected = true;
    weigh(entry);
  }

  /// Notes the end of the last connection: the addresses live on for a while.
  public synchronized void disconnected(PeerId peer) {
    Entry entry = entries.get(peer);
    if (entry != null) {
      entry.connected = false;
      long until = nanos.getAsLong() + RECENTLY_CONNECTED.toNanos();
      entry.expiry.replaceAll((_, old) -> until - old < 0 ? until : old);
      weigh(entry);
    }
  }

  /// Notes what a peer said of itself; what it said before is replaced, addresses included.
  public synchronized void identified(PeerId peer, Identification identification) {
    Entry entry = entry(peer);
    Identification before = entry.identification;
    if (before != null) {
      before.addresses().forEach(entry.expiry::remove);
    }
    entry.identification = identification;
    addAddresses(
        peer, identification.addresses(), entry.connected ? CONNECTED : RECENTLY_CONNECTED);
    weigh(entry);
  }

  /// Forgets what has expired.
  public synchronized void sweep() {
    long now = nanos.getAsLong();
    entries
        .values()
        .removeIf(entry -> {
          entry.expiry.values().removeIf(until -> until - now <= 0);
          boolean over = entry.expiry.isEmpty() && !entry.connected;
          int idle = entry.connected || over ? 0 : entry.bytes();
          idleBytes += idle - entry.idle;
          entry.idle = idle;
          return over;
        });
  }
}
