package dev.tempera.vgg.format.torch;

import dev.tempera.data.DType;
import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.pickle.PickleNone;
import dev.tempera.vgg.format.pickle.PickleTuple;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of a checkpoint under one flat set of names: nested dicts and lists are walked, keys
 * and indices are joined by dots. Numbers and text on the way become metadata. What contains
 * itself, or unfolds to far more than the file's size, is refused.
 */
final class StateDict {
  private static final int DEEPEST = 64;
  private static final String NAME_OF_ONE_TENSOR = "tensor";
  private static final int MOST_UNFOLDING = 64;
  private static final long UNFOLDING_ALLOWED = 1 << 16;

  private final FileBytes pickle;
  private final Map<String, TorchTensor> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private long unfoldingLeft;

  private StateDict(FileBytes pickle) {
    this.pickle = pickle;
    this.unfoldingLeft = UNFOLDING_ALLOWED + MOST_UNFOLDING * pickle.size();
  }

  /**
   * Flattens what a pickle made.
   *
   * @param root the object saved: a tensor, a dict or a list
   * @param pickle the pickle, for errors and as the measure of what is too much
   * @throws TensorFileException if it nests too deep, unfolds to too much, or two tensors get the
   *     same name
   */
  static StateDict of(Object root, FileBytes pickle) throws TensorFileException {
    StateDict result = new StateDict(pickle);
    result.visit("", root, 0);
    return result;
  }

  /** The tensors by name, in the order of the file. */
  Map<String, TorchTensor> tensors() {
    return tensors;
  }

  /** Numbers, truth values and text, by name. */
  Map<String, String> metadata() {
    return metadata;
  }

  private void visit(String name, Object value, int depth) throws TensorFileException {
    unfoldingLeft -= 16 + name.length();
    if (depth > DEEPEST || unfoldingLeft < 0) {
      throw pickle.failure(
          0, "the dicts are nested too deep, or unfold to far more than the file's size");
    }
    switch (value) {
      case TorchTensor tensor -> {
        String tensorName = name.isEmpty() ? NAME_OF_ONE_TENSOR : name;
        if (tensors.put(tensorName, tensor) != null) {
          throw pickle.failure(tensorName, 0, "two tensors get this name");
        }
      }
      case Map<?, ?> dict -> {
        for (Map.Entry<?, ?> item : dict.entrySet()) {
          visit(join(name, item.getKey().toString()), item.getValue(), depth + 1);
        }
      }
      case PickleTuple tuple -> visitItems(name, tuple.items(), depth);
      case List<?> list -> visitItems(name, list, depth);
      case String text -> metadata.put(name, text);
      case Number number -> metadata.put(name, number.toString());
      case Boolean truth -> metadata.put(name, truth.toString());
      case DType dtype -> metadata.put(name, dtype.toString());
      case PickleNone none -> metadata.put(name, none.toString());
      default -> {
        // Functions, byte strings and bare storages are no part of a state dict.
      }
    }
  }

  private void visitItems(String name, List<?> items, int depth) throws TensorFileException {
    for (int i = 0; i < items.size(); i++) {
      visit(join(name, Integer.toString(i)), items.get(i), depth + 1);
    }
  }

  private static String join(String name, String key) {
    return name.isEmpty() ? key : name + "." + key;
  }
}
