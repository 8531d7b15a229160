package io.kadenza.kad.record;

class MemoryProviderRoomTest extends ProviderRoomContract {
  @Override
  protected ProviderStore store(ProviderLimits limits) {
    return new MemoryProviderStore(limits, random);
  }
}
