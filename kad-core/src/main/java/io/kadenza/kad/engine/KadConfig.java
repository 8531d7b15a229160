package io.kadenza.kad.engine;

import io.kadenza.kad.lookup.LookupConfig;
import io.kadenza.kad.provide.ProvideLimits;
import io.kadenza.kad.provide.Rota;
import io.kadenza.kad.record.HeapRoom;
import io.kadenza.kad.record.ProviderLimits;
import io.kadenza.kad.record.RecordLimits;
import io.kadenza.kad.record.Validators;
import io.kadenza.kad.record.ipns.IpnsValidator;
import io.kadenza.kad.table.IpLimits;
import io.kadenza.multiformats.Bytes;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Everything about a DHT that can be set. Start from [#DEFAULT] and change with the `with…`
/// methods.
///
/// @param protocol what identify and multistream call this network
/// @param mode the part to play at first
/// @param lookup how walks proceed; its `k` is also the size of a bucket and the number of copies
/// @param refreshInterval how often the table is looked after, 1 second to 100 years; "SHOULD
///   perform a refresh every 10 minutes"
/// @param probeAge how long a peer in the table with which there is no connection may go without an
///   answer before a refresh asks it, up to 100 years; go-libp2p comes to 43 minutes
/// @param maxFailures after how many failures in a row a peer leaves the table; one to which no
///   connection can be made leaves at once while others answer
/// @param maxContacts how many peers outside the table are remembered with their addresses
/// @param records what is kept for others
/// @param providers likewise
/// @param validators which values may exist
/// @param ipLimits how many peers of one network neighbourhood are taken in
/// @param addresses which addresses of others are used and passed on
/// @param serving what those who ask are granted
/// @param contactCache how many servers heard of in answers are remembered, so that walks begin
///   near their target; some 100 bytes each
/// @param region within how many times the distance at which the k-th closest peer is expected
///   records are stored and sought, besides at the k closest; this defeats peers with ids ground to
///   be next to a key. 0 for the k closest alone
/// @param provide how much of our own we keep before the network
/// @param reprovideInterval how often the network is told again of what we provide and publish, 2
///   minutes to 365 days; "Provider Record Republish Interval: 22h"
/// @param traces whether an engine tells of events from the beginning, before any
///   [EngineInput.Watch]; it has no effect in a `Dht`, which makes them while somebody reads them
public record KadConfig(
    String protocol,
    Mode mode,
    LookupConfig lookup,
    Duration refreshInterval,
    Duration probeAge,
    int maxFailures,
    int maxContacts,
    RecordLimits records,
    ProviderLimits providers,
    Validators validators,
    IpLimits ipLimits,
    AddressPolicy addresses,
    ServingLimits serving,
    int contactCache,
    double region,
    ProvideLimits provide,
    Duration reprovideInterval,
    boolean traces) {
  /// Amino, and the default of every implementation.
  public static final String AMINO = "/ipfs/kad/1.0.0";

  /// A DHT confined to a local network.
  public static final String LAN = "/ipfs/lan/kad/1.0.0";

  public static final double MAX_REGION = 8;
  public static final int MAX_CONTACT_CACHE = 1 << 18;

  /// A contact takes up to 8 KiB of it, and in the cache 2.
  private static final int HEAP_FOR_EACH_CONTACT = 512 << 10;

  private static final int HEAP_FOR_EACH_CACHED = 64 << 10;

  /// What a message of multistream-select holds.
  private static final int MAX_PROTOCOL_BYTES = 1_023;

  /// Some nanoseconds are no pause: a node that knows nobody would do nothing else.
  private static final Duration SHORTEST_REFRESH = Duration.ofSeconds(1);

  /// Nearly three times as long, and a sum of nanoseconds overflows.
  private static final Duration MAX_INTERVAL = Duration.ofDays(36_500);

  public static final KadConfig DEFAULT =
      new KadConfig(
          AMINO,
          Mode.SERVER,
          LookupConfig.DEFAULT,
          Duration.ofMinutes(10),
          Duration.ofMinutes(40),
          2,
          4_096,
          RecordLimits.DEFAULT,
          ProviderLimits.DEFAULT,
          Validators.strict().with("ipns", new IpnsValidator()),
          IpLimits.DEFAULT,
          AddressPolicy.ANY,
          ServingLimits.DEFAULT,
          16_384,
          1.5,
          ProvideLimits.DEFAULT,
          Duration.ofHours(22),
          true);

  public KadConfig {
    Stream.of(mode, lookup, records, providers, validators, ipLimits, addresses, serving, provide)
        .forEach(Objects::requireNonNull);
    if (!protocol.startsWith("/")
        || protocol.indexOf('\n') >= 0
        || Bytes.utf8(protocol).size() > MAX_PROTOCOL_BYTES) {
      throw new IllegalArgumentException(
          "a protocol id begins with '/', has at most "
              + MAX_PROTOCOL_BYTES
              + " bytes and no line break: "
              + protocol);
    }
    checkInterval("refreshInterval", refreshInterval, SHORTEST_REFRESH, MAX_INTERVAL);
    checkInterval("probeAge", probeAge, Duration.ofNanos(1), MAX_INTERVAL);
    checkInterval("reprovideInterval", reprovideInterval, Rota.SHORTEST, Rota.LONGEST);
    if (maxFailures < 1
        || maxContacts < 0
        || contactCache < 0
        || contactCache > MAX_CONTACT_CACHE) {
      throw new IllegalArgumentException(
          "failures are at least 1, and of contacts 0.." + MAX_CONTACT_CACHE + " are remembered");
    }
    if (!(region >= 0 && region <= MAX_REGION)) {
      throw new IllegalArgumentException("a region is 0.." + MAX_REGION + " wide, not " + region);
    }
  }

  private static void checkInterval(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(name + " is " + least + " to " + most + ", not " + value);
    }
  }

  /// These settings, where they are those of [#DEFAULT], cut to what a heap has room for when
  /// strangers make a node hold all that they may.
  public KadConfig fittedTo(long heapBytes) {
    var room = new HeapRoom(heapBytes);
    return changed(draft -> {
      draft.records = records.fittedTo(heapBytes);
      draft.providers = providers.fittedTo(heapBytes);
      draft.serving = serving.fittedTo(heapBytes);
      draft.maxContacts = room.cut(maxContacts, DEFAULT.maxContacts, HEAP_FOR_EACH_CONTACT);
      draft.contactCache = room.cut(contactCache, DEFAULT.contactCache, HEAP_FOR_EACH_CACHED);
    });
  }

  /// The replication parameter.
  public int k() {
    return lookup.k();
  }

  public int alpha() {
    return lookup.alpha();
  }

  public KadConfig withProtocol(String value) {
    return changed(draft -> draft.protocol = value);
  }

  public KadConfig withMode(Mode value) {
    return changed(draft -> draft.mode = value);
  }

  public KadConfig withLookup(LookupConfig value) {
    return changed(draft -> draft.lookup = value);
  }

  public KadConfig withK(int value) {
    return withLookup(lookup.withK(value));
  }

  public KadConfig withAlpha(int value) {
    return withLookup(lookup.withAlpha(value));
  }

  public KadConfig withRefreshInterval(Duration value) {
    return changed(draft -> draft.refreshInterval = value);
  }

  public KadConfig withProbeAge(Duration value) {
    return changed(draft -> draft.probeAge = value);
  }

  public KadConfig withMaxFailures(int value) {
    return changed(draft -> draft.maxFailures = value);
  }

  public KadConfig withMaxContacts(int value) {
    return changed(draft -> draft.maxContacts = value);
  }

  public KadConfig withRecords(RecordLimits value) {
    return changed(draft -> draft.records = value);
  }

  public KadConfig withProviders(ProviderLimits value) {
    return changed(draft -> draft.providers = value);
  }

  public KadConfig withValidators(Validators value) {
    return changed(draft -> draft.validators = value);
  }

  public KadConfig withIpLimits(IpLimits value) {
    return changed(draft -> draft.ipLimits = value);
  }

  public KadConfig withAddresses(AddressPolicy value) {
    return changed(draft -> draft.addresses = value);
  }

  public KadConfig withServing(ServingLimits value) {
    return changed(draft -> draft.serving = value);
  }

  public KadConfig withContactCache(int value) {
    return changed(draft -> draft.contactCache = value);
  }

  public KadConfig withRegion(double value) {
    return changed(draft -> draft.region = value);
  }

  public KadConfig withProvide(ProvideLimits value) {
    return changed(draft -> draft.provide = value);
  }

  public KadConfig withReprovideInterval(Duration value) {
    return changed(draft -> draft.reprovideInterval = value);
  }

  public KadConfig withTraces(boolean value) {
    return changed(draft -> draft.traces = value);
  }

  private KadConfig changed(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.finish();
  }

  /// A configuration while one of its settings is changed.
  private static final class Draft {
    String protocol;
    Mode mode;
    LookupConfig lookup;
    Duration refreshInterval;
    Duration probeAge;
    int maxFailures;
    int maxContacts;
    RecordLimits records;
    ProviderLimits providers;
    Validators validators;
    IpLimits ipLimits;
    AddressPolicy addresses;
    ServingLimits serving;
    int contactCache;
    double region;
    ProvideLimits provide;
    Duration reprovideInterval;
    boolean traces;

    Draft(KadConfig from) {
      protocol = from.protocol;
      mode = from.mode;
      lookup = from.lookup;
      refreshInterval = from.refreshInterval;
      probeAge = from.probeAge;
      maxFailures = from.maxFailures;
      maxContacts = from.maxContacts;
      records = from.records;
      providers = from.providers;
      validators = from.validators;
      ipLimits = from.ipLimits;
      addresses = from.addresses;
      serving = from.serving;
      contactCache = from.contactCache;
      region = from.region;
      provide = from.provide;
      reprovideInterval = from.reprovideInterval;
      traces = from.traces;
    }

    KadConfig finish() {
      return new KadConfig(
          protocol,
          mode,
          lookup,
          refreshInterval,
          probeAge,
          maxFailures,
          maxContacts,
          records,
          providers,
          validators,
          ipLimits,
          addresses,
          serving,
          contactCache,
          region,
          provide,
          reprovideInterval,
          traces);
    }
  }
}
