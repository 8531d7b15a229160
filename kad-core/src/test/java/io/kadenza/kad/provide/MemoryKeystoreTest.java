package io.kadenza.kad.provide;

class MemoryKeystoreTest extends KeystoreContract {
  @Override
  protected Keystore open(ProvideLimits limits) {
    return new MemoryKeystore(limits);
  }

  @Override
  protected Keystore reopened(Keystore store) {
    return store;
  }
}
