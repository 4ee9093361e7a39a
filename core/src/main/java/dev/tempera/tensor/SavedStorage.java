package dev.tempera.tensor;

import dev.tempera.autograd.Kept;
import dev.tempera.autograd.KeptMemory;
import dev.tempera.data.Storage;
import java.util.List;

/**
 * Memory that a recorded operation keeps for its gradient rule and that is no tensor of its own:
 * masks, positions.
 */
record SavedStorage(Storage storage) implements Kept {
  SavedStorage {
    storage.heldByRecord(true);
  }

  @Override
  public void release() {
    storage.heldByRecord(false);
    storage.release();
  }

  @Override
  public List<KeptMemory> memory() {
    return List.of(new KeptMemory("mask or positions", storage, storage.byteSize()));
  }
}
