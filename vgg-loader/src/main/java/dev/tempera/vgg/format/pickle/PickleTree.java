package dev.tempera.vgg.format.pickle;

import dev.tempera.data.DType;
import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.element.MemoryBudget;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of a pickle under one flat set of names: nested dicts and lists are walked, keys and
 * indices are joined. Numbers and text on the way become metadata. What contains itself, or unfolds
 * to more than the memory allowed, is refused.
 *
 * @param <T> what stands for a tensor
 */
public final class PickleTree<T> {
  private static final int DEEPEST = 64;
  private static final String NAME_OF_ONE_TENSOR = "tensor";
  private static final int MOST_TEXTS = 1 << 12;
  private static final int VISIT_MEMORY = 8;
  private static final int NAME_MEMORY = 256;

  private final FileBytes pickle;
  private final Class<T> tensorType;
  private final String separator;
  private final Map<String, T> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final MemoryBudget budget;

  private PickleTree(FileBytes pickle, Class<T> tensorType, String separator, MemoryBudget budget) {
    this.pickle = pickle;
    this.tensorType = tensorType;
    this.separator = separator;
    this.budget = budget;
  }

  /**
   * Flattens what a pickle made.
   *
   * @param root the object saved: a tensor, a dict or a list
   * @param pickle the pickle, for errors
   * @param tensorType what stands for a tensor
   * @param separator joins keys and indices
   * @param budget names and texts are taken from it
   * @throws TensorFileException if it nests too deep, unfolds to too much, or two tensors get the
   *     same name
   */
  public static <T> PickleTree<T> of(
      Object root, FileBytes pickle, Class<T> tensorType, String separator, MemoryBudget budget)
      throws TensorFileException {
    PickleTree<T> result = new PickleTree<>(pickle, tensorType, separator, budget);
    result.visit("", root, 0);
    return result;
  }

  /** The tensors by name, in the order of the file. */
  public Map<String, T> tensors() {
    return tensors;
  }

  /** Numbers, truth values and text, by name, at most 4096 of them. */
  public Map<String, String> metadata() {
    return metadata;
  }

  private void visit(String name, Object value, int depth) throws TensorFileException {
    if (depth > DEEPEST) {
      throw pickle.failure(0, "the dicts are nested too deep, or within themselves");
    }
    switch (value) {
      case PickleObject object when object.content().isPresent() ->
          visit(name, object.content().get(), depth + 1);
      case Object tensor when tensorType.isInstance(tensor) ->
          putTensor(name.isEmpty() ? NAME_OF_ONE_TENSOR : name, tensorType.cast(tensor));
      case Map<?, ?> dict -> {
        for (Map.Entry<?, ?> item : dict.entrySet()) {
          visitItem(name, item.getKey(), item.getValue(), depth);
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
        // Functions, byte strings and bare storages are no part of the weights.
      }
    }
  }

  private void putTensor(String name, T tensor) throws TensorFileException {
    budget.takeName(pickle, name);
    if (tensors.put(name, tensor) != null) {
      throw pickle.failure(name, 0, "two tensors get this name");
    }
  }

  private void visitItems(String name, List<?> items, int depth) throws TensorFileException {
    for (int i = 0; i < items.size(); i++) {
      visitItem(name, i, items.get(i), depth);
    }
  }

  /** Visits an item under its name, which is not made for the texts of a long list. */
  private void visitItem(String owner, Object key, Object value, int depth)
      throws TensorFileException {
    budget.take(pickle, VISIT_MEMORY);
    if (metadata.size() >= MOST_TEXTS && isText(value)) {
      return;
    }
    String item = key.toString();
    budget.take(pickle, NAME_MEMORY + 2L * (owner.length() + item.length()));
    visit(owner.isEmpty() ? item : owner + separator + item, value, depth + 1);
  }

  private static boolean isText(Object value) {
    return value instanceof String
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof PickleNone;
  }
}
