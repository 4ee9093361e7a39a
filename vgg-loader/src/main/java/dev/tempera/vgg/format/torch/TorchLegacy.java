package dev.tempera.vgg.format.torch;

import dev.tempera.io.FileBytes;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.element.MemoryBudget;
import dev.tempera.vgg.format.pickle.PickleMachine;
import dev.tempera.vgg.format.pickle.PickleTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code torch.save} wrote before PyTorch 1.6: one pickle after another (a magic number,
 * the version of the protocol, facts about the machine, the state dict, the keys of the storages),
 * then each storage as a 64-bit count and its elements, little-endian.
 */
public final class TorchLegacy {
  /** The name of the format. */
  public static final String FORMAT = "PyTorch legacy stream";

  private static final long PROTOCOL_VERSION = 1001;

  /**
   * The integer 0x1950a86a20f9469cfc6c as pickles write it: operation, length, little-endian bytes.
   */
  private static final byte[] MAGIC = {
    (byte) 0x8A,
    10,
    0x6C,
    (byte) 0xFC,
    (byte) 0x9C,
    0x46,
    (byte) 0xF9,
    0x20,
    0x6A,
    (byte) 0xA8,
    0x50,
    0x19
  };

  private static final int PICKLE_START = 2;
  private static final int FRAMED_PICKLE_START = 11;

  private final MappedFile file;
  private final FileBytes bytes;
  private final TorchGlobals globals;
  private final MemoryBudget budget;
  private long position;

  private TorchLegacy(MappedFile file) {
    this.file = file;
    this.bytes = file.as(FORMAT);
    this.globals = new TorchGlobals();
    this.budget = new MemoryBudget(bytes);
  }

  /** Whether a file starts as these files do, with the magic number in a pickle. */
  public static boolean recognises(MappedFile file) {
    FileBytes bytes = file.as(FORMAT);
    return bytes.startsWith(0, (byte) 0x80)
        && (bytes.startsWith(PICKLE_START, MAGIC) || bytes.startsWith(FRAMED_PICKLE_START, MAGIC));
  }

  /**
   * Reads a mapped file, which belongs to the result from then on.
   *
   * @throws TensorFileException if it is damaged or holds more than tensors and plain data
   */
  public static TensorFile read(MappedFile file) throws TensorFileException {
    return new TorchLegacy(file).read();
  }

  private TensorFile read() throws TensorFileException {
    nextPickle();
    Object version = nextPickle();
    if (!version.equals(PROTOCOL_VERSION)) {
      throw bytes.failure(position, "the protocol version is not " + PROTOCOL_VERSION);
    }
    nextPickle();
    long start = position;
    Object root = nextPickle();
    PickleTree<TorchTensor> dict =
        TorchEntries.stateDict(
            root, bytes.slice(start, position - start, "the state dict"), budget);
    Map<TorchStorage, StorageBytes> located = locateStorages(TorchEntries.firstTensors(dict));
    return TorchEntries.assemble(
        FORMAT,
        file,
        dict,
        (storage, tensor) -> {
          StorageBytes found = located.get(storage);
          if (found == null) {
            throw bytes.failure(tensor, position, "its storage is not in the list of storages");
          }
          return found;
        });
  }

  private Object nextPickle() throws TensorFileException {
    PickleMachine.Result result = PickleMachine.run(bytes, position, globals, budget);
    position = result.end();
    return result.value();
  }

  private Map<TorchStorage, StorageBytes> locateStorages(Map<TorchStorage, String> firstTensors)
      throws TensorFileException {
    long listStart = position;
    if (!(nextPickle() instanceof List<?> keys)) {
      throw bytes.failure(listStart, "expected the list of storage keys");
    }
    Map<TorchStorage, StorageBytes> located = new HashMap<>();
    for (Object key : keys) {
      TorchStorage storage = key instanceof String text ? globals.storages().get(text) : null;
      if (storage == null || located.containsKey(storage)) {
        throw bytes.failure(listStart, "a storage is listed twice, or no tensor lies in it");
      }
      located.put(storage, locateNext(storage, firstTensors.get(storage)));
    }
    return located;
  }

  private StorageBytes locateNext(TorchStorage storage, @Nullable String tensor)
      throws TensorFileException {
    if (position > bytes.size() - Long.BYTES) {
      throw bytes.failure(tensor, bytes.size(), "the file ends before its storage");
    }
    long count = bytes.int64(position);
    if (count != storage.count()) {
      throw bytes.failure(
          tensor,
          position,
          "its storage has " + count + " elements, " + storage.count() + " are announced");
    }
    long start = position + Long.BYTES;
    long left = bytes.size() - start;
    if (storage.byteSize() > left) {
      throw bytes.failure(
          tensor,
          bytes.size(),
          "the file is cut short: the storage that starts at byte "
              + start
              + " takes "
              + storage.byteSize()
              + " bytes, "
              + left
              + " are left");
    }
    position = start + storage.byteSize();
    FileBytes content = bytes.slice(start, storage.byteSize(), "a storage");
    return new StorageBytes(start, content::segment);
  }
}
