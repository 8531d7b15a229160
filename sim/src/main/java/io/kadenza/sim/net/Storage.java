package io.kadenza.sim.net;

import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.record.MemoryProviderStore;
import io.kadenza.kad.record.MemoryRecordStore;
import io.kadenza.kad.record.ProviderStore;
import io.kadenza.kad.record.RecordStore;
import java.util.random.RandomGenerator;

/// Where a node keeps what others give it; asked again each time it starts.
public interface Storage {
  /// What a node has that was set up without a thought: memory, which is empty after a restart.
  Storage MEMORY = new Storage() {};

  default RecordStore records(KadConfig config) {
    return new MemoryRecordStore(config.records());
  }

  default ProviderStore providers(KadConfig config, RandomGenerator random) {
    return new MemoryProviderStore(config.providers(), random);
  }
}
