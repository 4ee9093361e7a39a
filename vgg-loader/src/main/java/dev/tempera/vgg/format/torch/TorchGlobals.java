package dev.tempera.vgg.format.torch;

import dev.tempera.data.DType;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.pickle.PickleCall;
import dev.tempera.vgg.format.pickle.PickleFunction;
import dev.tempera.vgg.format.pickle.PickleGlobals;
import dev.tempera.vgg.format.pickle.PickleNone;
import dev.tempera.vgg.format.pickle.PickleTuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the pickles of PyTorch files may refer to: tensors, their storages, element types, and
 * containers.
 */
final class TorchGlobals implements PickleGlobals {
  private final Map<String, TorchStorage> storages = new LinkedHashMap<>();

  /** The storages that the pickle has referred to so far, by key. */
  Map<String, TorchStorage> storages() {
    return storages;
  }

  @Override
  public @Nullable Object find(String module, String name) {
    PickleFunction function = function(module + "." + name);
    if (function != null) {
      return function;
    }
    boolean torch = module.equals("torch") || module.equals("torch.cuda");
    if (torch && name.endsWith(StorageType.SUFFIX)) {
      return StorageType.named(name);
    }
    return module.equals("torch") ? dtype(name) : null;
  }

  private static @Nullable PickleFunction function(String path) {
    return switch (path) {
      case "collections.OrderedDict" -> TorchGlobals::orderedDict;
      case "collections.defaultdict" -> call -> new LinkedHashMap<>();
      case "builtins.dict", "__builtin__.dict" -> call -> new LinkedHashMap<>();
      case "builtins.set", "__builtin__.set" -> call -> call.argument(0, List.class);
      case "torch.Size" -> call -> call.argument(0, PickleTuple.class);
      case "torch.device" -> call -> call.argument(0, String.class);
      case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2" ->
          TorchTensor::rebuild;
      case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state" ->
          call -> call.argument(0, TorchTensor.class);
      default -> null;
    };
  }

  private static @Nullable DType dtype(String name) {
    for (DType dtype : DType.values()) {
      if (dtype.toString().equals(name)) {
        return dtype;
      }
    }
    return null;
  }

  /**
   * An empty dict, or under Python 2 one with the pairs given. The pairs leave their list, so that
   * a pickle cannot have the same ones copied again and again.
   */
  private static Object orderedDict(PickleCall call) throws TensorFileException {
    Map<Object, Object> dict = new LinkedHashMap<>();
    if (call.count() > 0) {
      List<?> pairs = call.argument(0, ArrayList.class);
      for (Object pair : pairs) {
        if (!(pair instanceof List<?> keyAndValue)
            || keyAndValue.size() != 2
            || !(keyAndValue.getFirst() instanceof String key)) {
          throw call.failure("expected pairs of a text and a value");
        }
        dict.put(key, keyAndValue.getLast());
      }
      pairs.clear();
    }
    return dict;
  }

  @Override
  public String remedy() {
    return "a whole module or other Python objects seem to be saved here: "
        + "save the weights alone with torch.save(model.state_dict(), 'weights.pth')";
  }

  /**
   * The storage that {@code ('storage', type, key, location, count)} stands for. PyTorch before 0.4
   * adds the part of it that is meant, {@code (key of the part, offset, count)}.
   */
  @Override
  public Object persistent(PickleCall identifier) throws TensorFileException {
    if (!identifier.argument(0, String.class).equals("storage")) {
      throw identifier.failure("only storages lie outside the pickle");
    }
    TorchStorage storage =
        checkedStorage(
            identifier,
            identifier.argument(1, StorageType.class),
            identifier.argument(2, String.class),
            identifier.argument(4, Long.class));
    TorchStorage known = storages.putIfAbsent(storage.key(), storage);
    if (known != null && !known.equals(storage)) {
      throw identifier.failure(
          "storage '"
              + TensorFileException.printable(storage.key())
              + "' is announced with different types or sizes");
    }
    if (identifier.count() < 6 || identifier.argument(5, Object.class) == PickleNone.NONE) {
      return new StorageSlice(storage, 0, storage.count());
    }
    return part(identifier, storage);
  }

  private TorchStorage checkedStorage(
      PickleCall identifier, StorageType type, String key, long count) throws TensorFileException {
    DType dtype = type.dtype();
    if (dtype == null) {
      throw identifier.failure(
          "no element type for torch." + TensorFileException.printable(type.name()));
    }
    if (count < 0 || count > Long.MAX_VALUE / dtype.byteSize()) {
      throw identifier.failure("no storage has " + count + " elements");
    }
    return new TorchStorage(key, dtype, count);
  }

  private static StorageSlice part(PickleCall identifier, TorchStorage storage)
      throws TensorFileException {
    List<Object> part = identifier.argument(5, PickleTuple.class).items();
    if (part.size() != 3
        || !(part.get(1) instanceof Long start)
        || !(part.get(2) instanceof Long count)
        || start < 0
        || count < 0
        || start > storage.count() - count) {
      throw identifier.failure("the part meant does not lie within the storage");
    }
    return new StorageSlice(storage, start, count);
  }
}
