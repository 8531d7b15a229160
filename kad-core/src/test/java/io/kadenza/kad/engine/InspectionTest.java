package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.net.Peers;
import io.kadenza.kad.record.ProviderLimits;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// People look at an engine.
class InspectionTest {
  private static final Bytes KEY = Bytes.utf8("key");
  private static final Now NOW = new Now(0, Instant.parse("2026-01-01T00:00:00Z"));
  private static final int PROVIDERS = 3 * ProviderLimits.DEFAULT.maxReplied();

  private final SplittableRandom random = new SplittableRandom(8);
  private final PeerId self = Peers.id(random);
  private final List<PeerInfo> providers = new ArrayList<>();

  private KadEngine engine() {
    var engine = new KadEngine(KadConfig.DEFAULT, self, new SplittableRandom(1));
    for (PeerInfo provider : providers) {
      ask(engine, provider, new KadRequest.AddProvider(KEY, provider));
    }
    return engine;
  }

  private static List<EngineEffect> ask(KadEngine engine, PeerInfo from, KadRequest request) {
    return engine.apply(new EngineInput.Inbound(1, from, request), NOW);
  }

  @Test
  void whoIsLookedAtAnswersAsWhoIsNot() {
    Peers.contacts(PROVIDERS, random).forEach(contact -> providers.add(contact.info()));
    KadEngine watched = engine();
    KadEngine unwatched = engine();
    assertThat(watched.inspect(NOW).providers(KEY)).hasSameElementsAs(providers);
    var question = new KadRequest.GetProviders(KEY);
    assertThat(ask(watched, providers.getFirst(), question))
        .isEqualTo(ask(unwatched, providers.getFirst(), question));
  }
}
