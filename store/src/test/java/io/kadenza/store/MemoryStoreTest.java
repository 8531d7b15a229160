package io.kadenza.store;

class MemoryStoreTest extends StoreContract {
  @Override
  Store open() {
    return Store.inMemory();
  }
}
