package io.kadenza.kad.engine;

import io.kadenza.kad.lookup.LookupConfig;
import io.kadenza.kad.record.ProviderLimits;
import io.kadenza.kad.record.RecordLimits;
import io.kadenza.kad.record.Validators;
import io.kadenza.kad.record.ipns.IpnsValidator;
import io.kadenza.kad.table.IpLimits;
import java.time.Duration;

/// Everything about a DHT that can be set. Start from [#DEFAULT] and change with the `with…`
/// methods.
///
/// @param protocol what identify and multistream call this network
/// @param mode the part to play at first
/// @param lookup how walks proceed; its `k` is also the size of a bucket and the number of copies
/// @param refreshInterval how often the table is looked after; "SHOULD perform a refresh every 10
///   minutes"
/// @param probeAge how long a peer in the table may go without an answer before a refresh asks it
/// @param maxFailures after how many failures in a row a peer leaves the table
/// @param maxContacts how many peers outside the table are remembered with their addresses
/// @param records what is kept for others
/// @param providers likewise
/// @param validators which values may exist
/// @param ipLimits how many peers of one network neighbourhood are taken in
/// @param addresses which addresses of others are used and passed on
/// @param regional whether records are stored at, and sought from, everybody within one and a half
///   times the distance at which the k-th closest peer is expected, instead of the k closest; this
///   defeats k peers with ids ground to be next to a key, and costs half as many requests again
/// @param traces whether every step of every walk is told as an event
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
    boolean regional,
    boolean traces) {
  /// Amino, and the default of every implementation.
  public static final String AMINO = "/ipfs/kad/1.0.0";

  /// A DHT confined to a local network.
  public static final String LAN = "/ipfs/lan/kad/1.0.0";

  public static final KadConfig DEFAULT =
      new KadConfig(
          AMINO,
          Mode.SERVER,
          LookupConfig.DEFAULT,
          Duration.ofMinutes(10),
          Duration.ofMinutes(10),
          2,
          4_096,
          RecordLimits.DEFAULT,
          ProviderLimits.DEFAULT,
          Validators.strict().with("ipns", new IpnsValidator()),
          IpLimits.DEFAULT,
          AddressPolicy.ANY,
          false,
          true);

  public KadConfig {
    if (!protocol.startsWith("/")) {
      throw new IllegalArgumentException("a protocol id begins with '/': " + protocol);
    }
    if (!refreshInterval.isPositive() || maxFailures < 1 || maxContacts < 0) {
      throw new IllegalArgumentException("intervals and bounds must be positive");
    }
  }

  /// The replication parameter.
  public int k() {
    return lookup.k();
  }

  public int alpha() {
    return lookup.alpha();
  }

  public KadConfig withProtocol(String value) {
    return new KadConfig(
        value,
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
        regional,
        traces);
  }

  public KadConfig withMode(Mode value) {
    return new KadConfig(
        protocol,
        value,
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
        regional,
        traces);
  }

  public KadConfig withLookup(LookupConfig value) {
    return new KadConfig(
        protocol,
        mode,
        value,
        refreshInterval,
        probeAge,
        maxFailures,
        maxContacts,
        records,
        providers,
        validators,
        ipLimits,
        addresses,
        regional,
        traces);
  }

  public KadConfig withK(int value) {
    return withLookup(lookup.withK(value));
  }

  public KadConfig withAlpha(int value) {
    return withLookup(lookup.withAlpha(value));
  }

  public KadConfig withRefreshInterval(Duration value) {
    return new KadConfig(
        protocol,
        mode,
        lookup,
        value,
        probeAge,
        maxFailures,
        maxContacts,
        records,
        providers,
        validators,
        ipLimits,
        addresses,
        regional,
        traces);
  }

  public KadConfig withProbeAge(Duration value) {
    return new KadConfig(
        protocol,
        mode,
        lookup,
        refreshInterval,
        value,
        maxFailures,
        maxContacts,
        records,
        providers,
        validators,
        ipLimits,
        addresses,
        regional,
        traces);
  }

  public KadConfig withMaxFailures(int value) {
    return new KadConfig(
        protocol,
        mode,
        lookup,
        refreshInterval,
        probeAge,
        value,
        maxContacts,
        records,
        providers,
        validators,
        ipLimits,
        addresses,
        regional,
        traces);
  }

  public KadConfig withMaxContacts(int value) {
    return new KadConfig(
        protocol,
        mode,
        lookup,
        refreshInterval,
        probeAge,
        maxFailures,
        value,
        records,
        providers,
        validators,
        ipLimits,
        addresses,
        regional,
        traces);
  }

  public KadConfig withRecords(RecordLimits value) {
    return new KadConfig(
        protocol,
        mode,
        lookup,
        refreshInterval,
        probeAge,
        maxFailures,
        maxContacts,
        value,
        providers,
        validators,
        ipLimits,
        addresses,
        regional,
        traces);
  }

  public KadConfig withProviders(ProviderLimits value) {
    return new KadConfig(
        protocol,
        mode,
        lookup,
        refreshInterval,
        probeAge,
        maxFailures,
        maxContacts,
        records,
        value,
        validators,
        ipLimits,
        addresses,
        regional,
        traces);
  }

  public KadConfig withValidators(Validators value) {
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
        value,
        ipLimits,
        addresses,
        regional,
        traces);
  }

  public KadConfig withIpLimits(IpLimits value) {
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
        value,
        addresses,
        regional,
        traces);
  }

  public KadConfig withAddresses(AddressPolicy value) {
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
        value,
        regional,
        traces);
  }

  public KadConfig withRegional(boolean value) {
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
        value,
        traces);
  }

  public KadConfig withTraces(boolean value) {
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
        regional,
        value);
  }
}
