package io.kadenza.sim.scenario;

import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.lookup.LookupConfig;
import io.kadenza.kad.record.Validators;
import io.kadenza.kad.table.IpLimits;
import java.time.Duration;

/// The section `engine` of a scenario file.
final class EngineSection {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration MAX_REPROVIDE = Duration.ofDays(30);

  private static final Validators VALIDATORS =
      Validators.open().with(NewestVersion.NAMESPACE, new NewestVersion());

  private EngineSection() {}

  static KadConfig read(YamlSection in, Profile profile) {
    KadConfig config = profile.of(KadConfig.DEFAULT.withValidators(VALIDATORS).withTraces(false));
    LookupConfig lookup = config.lookup();
    var walk =
        new LookupConfig(
            in.integer("k", lookup.k(), 1, LookupConfig.MAX_PEERS),
            in.integer("alpha", lookup.alpha(), 1, LookupConfig.MAX_PEERS),
            in.integer("beta", lookup.beta(), 1, LookupConfig.MAX_PEERS),
            in.duration("patience", lookup.patience(), Duration.ofMillis(10), DAY),
            in.flag("follow-up", lookup.followUp()),
            in.integer("paths", lookup.paths(), 1, LookupConfig.MAX_PATHS),
            in.flag("hedged", lookup.hedged()),
            in.flag("eager", lookup.eager()));
    double region = in.number("region", config.region(), 0, KadConfig.MAX_REGION);
    int cache = in.integer("cache", config.contactCache(), 0, KadConfig.MAX_CONTACT_CACHE);
    boolean ipLimits = in.flag("ip-limits", true);
    boolean refreshes = in.flag("upkeep", true);
    Duration refresh = in.duration("refresh", config.refreshInterval(), SECOND, DAY);
    Duration probeAge = in.duration("probe-age", config.probeAge(), SECOND, DAY);
    Duration reprovide =
        in.duration("reprovide", config.reprovideInterval(), Duration.ofMinutes(2), MAX_REPROVIDE);
    int failures = in.integer("failures", config.maxFailures(), 1, 100);
    int contacts = in.integer("contacts", config.maxContacts(), 0, 1 << 20);
    in.finish();
    return config
        .withLookup(walk)
        .withRegion(region)
        .withContactCache(cache)
        .withIpLimits(ipLimits ? config.ipLimits() : IpLimits.NONE)
        .withRefreshInterval(refreshes ? refresh : ScenarioFile.NEVER)
        .withProbeAge(probeAge)
        .withReprovideInterval(reprovide)
        .withMaxFailures(failures)
        .withMaxContacts(contacts);
  }
}
