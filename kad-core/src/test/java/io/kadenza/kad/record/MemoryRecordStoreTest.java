package io.kadenza.kad.record;

class MemoryRecordStoreTest extends RecordStoreContract {
  @Override
  protected RecordStore store(RecordLimits limits) {
    return new MemoryRecordStore(limits, null, new Shelf());
  }
}
