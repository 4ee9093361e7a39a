package dev.tempera.tensor;

import dev.tempera.autograd.Kept;
import dev.tempera.data.Storage;

/**
 * Memory that a recorded operation keeps for its gradient rule and that is no tensor of its own:
 * masks, positions.
 */
record SavedStorage(Storage storage) implements Kept {
  @Override
  public void release() {
    storage.release();
  }

  @Override
  public long byteSize() {
    return storage.byteSize();
  }
}
