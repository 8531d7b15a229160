package io.kadenza.gossip.internal;

import io.kadenza.gossip.effect.GossipEffect;
import io.kadenza.gossip.engine.GossipInput;
import io.kadenza.gossip.rpc.Message;
import io.kadenza.gossip.signing.MessageSigning;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Verifies signatures, as many at once as there are processors. The messages of one author are
/// verified one after another, so that they keep their order. How many may wait is bounded by the
/// engine.
final class Verifier {
  private final Consumer<GossipInput> engine;
  private final List<ExecutorService> lanes;

  Verifier(Consumer<GossipInput> engine) {
    this.engine = engine;
    this.lanes =
        IntStream.range(0, Runtime.getRuntime().availableProcessors())
            .mapToObj(i ->
                Executors.newSingleThreadExecutor(
                    Thread.ofVirtual().name("gossip-verify-" + i).factory()))
            .toList();
  }

  void verify(GossipEffect.Verify effect) {
    Message message = effect.message();
    int lane = Math.floorMod(message.author().hashCode(), lanes.size());
    lanes.get(lane).execute(() -> run(effect.ticket(), message));
  }

  private void run(long ticket, Message message) {
    engine.accept(new GossipInput.Verified(ticket, MessageSigning.verify(message)));
  }

  void close() {
    lanes.forEach(ExecutorService::shutdownNow);
  }
}
