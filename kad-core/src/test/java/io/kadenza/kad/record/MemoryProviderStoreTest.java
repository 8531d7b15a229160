package io.kadenza.kad.record;

class MemoryProviderStoreTest extends ProviderStoreContract {
  @Override
  protected ProviderStore store(ProviderLimits limits) {
    return new MemoryProviderStore(limits, random);
  }
}
