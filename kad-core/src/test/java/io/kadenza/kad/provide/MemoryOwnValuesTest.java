package io.kadenza.kad.provide;

class MemoryOwnValuesTest extends OwnValuesContract {
  @Override
  protected OwnValues open(ProvideLimits limits) {
    return new MemoryOwnValues(limits);
  }

  @Override
  protected OwnValues reopened(OwnValues store) {
    return store;
  }
}
