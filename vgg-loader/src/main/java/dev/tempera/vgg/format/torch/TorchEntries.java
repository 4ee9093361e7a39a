package dev.tempera.vgg.format.torch;

import dev.tempera.io.FileBytes;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.element.MemoryBudget;
import dev.tempera.vgg.format.pickle.PickleTree;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a state dict and the bytes of its storages together. */
final class TorchEntries {
  private TorchEntries() {}

  /** Finds the bytes of storages. */
  @FunctionalInterface
  interface Locator {
    /**
     * The bytes of a storage.
     *
     * @param tensor a tensor that lies in it, for the error
     * @throws TensorFileException if they are missing or not as many as announced
     */
    StorageBytes locate(TorchStorage storage, @Nullable String tensor) throws TensorFileException;
  }

  /** The tensors of a checkpoint by name: keys and indices joined by dots. */
  static PickleTree<TorchTensor> stateDict(Object root, FileBytes pickle, MemoryBudget budget)
      throws TensorFileException {
    return PickleTree.of(root, pickle, TorchTensor.class, ".", budget);
  }

  /** For each storage that tensors lie in, the name of the first one. */
  static Map<TorchStorage, String> firstTensors(PickleTree<TorchTensor> dict) {
    Map<TorchStorage, String> names = new HashMap<>();
    dict.tensors().forEach((name, tensor) -> names.putIfAbsent(tensor.storage(), name));
    return names;
  }

  /**
   * The whole file.
   *
   * @throws TensorFileException if a storage is not found, or a tensor reaches outside its storage
   */
  static TensorFile assemble(
      String format, MappedFile file, PickleTree<TorchTensor> dict, Locator locator)
      throws TensorFileException {
    Map<TorchStorage, StorageBytes> located = new HashMap<>();
    Map<String, TensorEntry> entries = new LinkedHashMap<>();
    for (Map.Entry<String, TorchTensor> item : dict.tensors().entrySet()) {
      String name = item.getKey();
      TorchTensor tensor = item.getValue();
      StorageBytes bytes = located.get(tensor.storage());
      if (bytes == null) {
        bytes = locator.locate(tensor.storage(), name);
        located.put(tensor.storage(), bytes);
      }
      entries.put(name, tensor.toEntry(name, bytes, file.size()));
    }
    return new TensorFile(format, file, entries, dict.metadata());
  }
}
