package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.kad.lookup.LookupConfig;
import io.kadenza.kad.record.ProviderLimits;
import io.kadenza.kad.record.RecordLimits;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// What cannot be set.
class KadConfigTest {
  private static final KadConfig CONFIG = KadConfig.DEFAULT;
  private static final LookupConfig LOOKUP = LookupConfig.DEFAULT;

  @Test
  void peersAreCountedFromOneToAHundred() {
    assertRefused(() -> LOOKUP.withK(0), "k is 1..100, not 0");
    assertRefused(() -> LOOKUP.withK(101), "k is 1..100, not 101");
    assertRefused(() -> LOOKUP.withAlpha(101), "alpha is 1..100, not 101");
    assertRefused(() -> LOOKUP.withBeta(-1), "beta is 1..100, not -1");
    assertThat(LOOKUP.withK(100).withAlpha(100).withBeta(100).k()).isEqualTo(100);
  }

  @Test
  void aProtocolIdIsOneThatPeersCanBeAskedFor() {
    String why = "a protocol id begins with '/', has at most 1023 bytes and no line break";
    assertRefused(() -> CONFIG.withProtocol("kad"), why);
    assertRefused(() -> CONFIG.withProtocol("/kad\n"), why);
    assertRefused(() -> CONFIG.withProtocol("/" + "ä".repeat(512)), why);
    assertThat(CONFIG.withProtocol("/" + "ä".repeat(511)).protocol()).hasSize(512);
  }

  @Test
  void whatStrangersMayFillFitsIntoASmallHeap() {
    KadConfig fitted = CONFIG.fittedTo(128 << 20);
    assertThat(fitted.records().maxBytes()).isEqualTo(16 << 20);
    assertThat(fitted.records().maxRecords()).isEqualTo(8_192);
    assertThat(fitted.records().maxBytesPerPeer()).isEqualTo(4 << 20);
    assertThat(fitted.providers().maxRecords()).isEqualTo(131_072);
    assertThat(fitted.providers().maxPeers()).isEqualTo(8_192);
    assertThat(fitted.providers().maxAddressBytes()).isEqualTo(8 << 20);
    assertThat(fitted.maxContacts()).isEqualTo(256);
    assertThat(fitted.contactCache()).isEqualTo(2_048);
    assertThat(fitted.serving().inFlightBytes()).isEqualTo(4 << 20);
    assertThat(CONFIG.fittedTo(2L << 30)).isEqualTo(CONFIG);
  }

  @Test
  void noRoomIsNegative() {
    var records = RecordLimits.DEFAULT;
    assertRefused(() -> records.withMaxRecords(-1), "record limits are not negative");
    assertRefused(() -> records.withPerPeer(-1, 1), "record limits are not negative");
    assertRefused(() -> records.withPerPeer(1, -1), "record limits are not negative");
    var providers = ProviderLimits.DEFAULT;
    var hour = Duration.ofHours(1);
    assertRefused(() -> providers.withMaxRecords(-1), "provider limits are not negative");
    assertRefused(() -> providers.withMaxRecordsPerPeer(-1), "provider limits are not negative");
    assertRefused(() -> providers.withTtl(hour, Duration.ZERO), "times to live are positive");
  }

  @Test
  void whatStrangersMayHaveIsSetOneByOne() {
    var serving = ServingLimits.DEFAULT;
    var slow = new Rate(1, 1_024, Duration.ofSeconds(1));
    var fast = new Rate(2, 2_048, Duration.ofSeconds(1));
    assertThat(serving.withStreamsPerConnection(3).withInFlight(4, 5, 6_000).withRates(slow, fast))
        .isEqualTo(new ServingLimits(3, 4, 5, 6_000, slow, fast));
    assertRefused(() -> serving.withInFlight(8, 7, 1), "not below that for one");

    Duration hour = Duration.ofHours(1);
    var records = RecordLimits.DEFAULT.withMaxKeyBytes(1).withMaxValueBytes(2).withMaxRecords(3);
    assertThat(records.withMaxBytes(4).withPerPeer(5, 6).withTtl(hour))
        .isEqualTo(new RecordLimits(1, 2, 3, 4, 5, 6, hour));

    var providers = ProviderLimits.DEFAULT.withMaxAddressBytes(7).withMaxReplied(8);
    assertThat(providers.maxAddressBytes()).isEqualTo(7);
    assertThat(providers.maxReplied()).isEqualTo(8);
  }

  @Test
  void whatTheUserHasSetIsNotCut() {
    RecordLimits records = RecordLimits.DEFAULT.withMaxRecords(1_000_000);
    ProviderLimits providers = ProviderLimits.DEFAULT.withMaxRecords(10_000_000);
    KadConfig fitted =
        CONFIG
            .withRecords(records)
            .withProviders(providers)
            .withContactCache(100_000)
            .fittedTo(64 << 20);
    assertThat(fitted.records().maxRecords()).isEqualTo(1_000_000);
    assertThat(fitted.providers().maxRecords()).isEqualTo(10_000_000);
    assertThat(fitted.contactCache()).isEqualTo(100_000);
  }

  @Test
  void timesArePositiveAndDoNotOverflow() {
    Duration ages = Duration.ofDays(100_000);
    assertRefused(() -> LOOKUP.withPatience(Duration.ZERO), "patience lasts up to a day, not PT0S");
    assertRefused(() -> LOOKUP.withPatience(ages), "patience lasts up to a day");
    assertRefused(() -> CONFIG.withRefreshInterval(Duration.ofMillis(999)), "refreshInterval is");
    assertRefused(() -> CONFIG.withRefreshInterval(ages), "refreshInterval is");
    assertRefused(() -> CONFIG.withProbeAge(Duration.ZERO), "probeAge is");
    assertRefused(() -> CONFIG.withProbeAge(ages), "probeAge is");
  }

  @Test
  void theNetworkIsToldAgainEveryTwoMinutesToAYear() {
    assertRefused(
        () -> CONFIG.withReprovideInterval(Duration.ofSeconds(119)),
        "reprovideInterval is PT2M to PT8760H, not PT1M59S");
    assertRefused(() -> CONFIG.withReprovideInterval(Duration.ofDays(366)), "reprovideInterval is");
  }

  private static void assertRefused(Supplier<?> setting, String why) {
    assertThatThrownBy(setting::get)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
