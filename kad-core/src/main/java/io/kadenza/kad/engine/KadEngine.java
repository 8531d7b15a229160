package io.kadenza.kad.engine;

import io.kadenza.kad.record.ProviderStore;
import io.kadenza.kad.record.RecordStore;
import io.kadenza.machine.Machine;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.PeerId;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/// The whole DHT as one machine. Confined to the thread that drives it.
public final class KadEngine implements Machine<EngineInput, EngineEffect> {

  /// @param random seeded by the caller: a seed, a configuration and a list of inputs determine all
  ///   effects
  public KadEngine(
      KadConfig config,
      PeerId self,
      RandomGenerator random,
      RecordStore records,
      ProviderStore providers) {}

  @Override
  public List<EngineEffect> apply(EngineInput input, Now now) {
    return List.of();
  }

  @Override
  public List<EngineEffect> tick(Now now) {
    return List.of();
  }

  @Override
  public OptionalLong deadline() {
    return OptionalLong.empty();
  }
}
