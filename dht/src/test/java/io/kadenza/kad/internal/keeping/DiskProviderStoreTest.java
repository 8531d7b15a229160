package io.kadenza.kad.internal.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.net.Peers;
import io.kadenza.kad.record.ProviderLimits;
import io.kadenza.kad.record.ProviderStore;
import io.kadenza.kad.record.ProviderStoreContract;
import io.kadenza.kad.record.Sender;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// On a database in memory, which outlives the stores on it here.
class DiskProviderStoreTest extends ProviderStoreContract {
  @RegisterExtension private final ReopenableStore store = new ReopenableStore();

  @Override
  protected ProviderStore store(ProviderLimits limits) {
    return DiskProviderStore.open(store.empty(), limits, random, NOW);
  }

  @Override
  protected ProviderStore reopened(ProviderStore old, ProviderLimits limits, Instant now) {
    return DiskProviderStore.open(store.reopened(), limits, random, now);
  }

  /// Each time another peer, all of one network.
  private void announce(ProviderStore providers, Bytes key, Instant when) {
    PeerInfo peer = Peers.info(random);
    providers.add(key, peer, new Sender(peer.id(), 7), when);
  }

  @Test
  void rowsThatMakeNoSenseAreRemoved() {
    var limits = ProviderLimits.DEFAULT;
    var providers = store(limits);
    announce(providers, Bytes.utf8("key"), NOW);
    store.table("providers").put(Bytes.utf8("?"), Bytes.EMPTY);
    // A record of a peer that nobody knows.
    store.table("providers").put(Bytes.fromHex("00".repeat(19) + "7f"), Bytes.fromHex("7fffffff"));
    store.table("provider_peers").put(Bytes.fromHex("00000007"), Bytes.utf8("no peer"));
    store.table("provider_peers").put(Bytes.utf8("?"), Bytes.EMPTY);

    providers = reopened(providers, limits, NOW);

    assertThat(providers.size()).isEqualTo(1);
    assertThat(store.table("providers").scan(Bytes.EMPTY, 10)).hasSize(1);
    assertThat(store.table("provider_peers").scan(Bytes.EMPTY, 10)).hasSize(1);
  }

  @Test
  void recordsWhoseSeedIsLostAreForgotten() {
    var providers = store(ProviderLimits.DEFAULT);
    announce(providers, Bytes.utf8("key"), NOW);
    store.table("facts").scan(Bytes.EMPTY, 10).forEach(e -> store.table("facts").delete(e.key()));
    assertThat(reopened(providers, ProviderLimits.DEFAULT, NOW).size()).isZero();
    assertThat(store.table("providers").scan(Bytes.EMPTY, 10)).isEmpty();
    assertThat(store.table("provider_peers").scan(Bytes.EMPTY, 10)).isEmpty();
  }

  @Test
  void whatLeavesTheStoreLeavesTheDisk() {
    var providers = store(ProviderLimits.DEFAULT.withMaxRecords(10));
    for (int i = 0; i < 50; i++) {
      announce(providers, Bytes.utf8("key " + i), NOW.plusSeconds(i));
    }
    assertThat(store.table("providers").scan(Bytes.EMPTY, 100)).hasSize(10);
    assertThat(store.table("provider_peers").scan(Bytes.EMPTY, 100)).hasSize(10);
  }

  @Test
  void t45RestartsDoNotRenewWhatWasAnnouncedWhileTheClockWasAhead() {
    var limits = ProviderLimits.DEFAULT;
    Bytes key = Bytes.utf8("key");
    ProviderStore providers = store(limits);
    announce(providers, key, NOW.plus(Duration.ofDays(30)));

    providers = reopened(providers, limits, NOW);
    providers = reopened(providers, limits, NOW.plus(Duration.ofHours(24)));
    assertThat(providers.get(key, random, NOW.plus(Duration.ofHours(24))).getFirst().addresses())
        .isEmpty();
    providers = reopened(providers, limits, NOW.plus(Duration.ofHours(47)));

    assertThat(providers.get(key, random, NOW.plus(Duration.ofHours(47)))).hasSize(1);
    assertThat(providers.get(key, random, NOW.plus(Duration.ofHours(48)))).isEmpty();
  }
}
