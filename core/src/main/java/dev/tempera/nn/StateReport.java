package dev.tempera.nn;

import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFileException;
import dev.tempera.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the names and shapes in a file fit those of a block.
 *
 * @param loaded names that fit, in the block's order
 * @param missing names that the block has and the file has not
 * @param unexpected names that the file has and the block has not
 * @param mismatched names that both have with another shape, or a type that does not convert, each
 *     followed by both
 */
public record StateReport(
    List<String> loaded, List<String> missing, List<String> unexpected, List<String> mismatched) {
  private static final int MOST_NAMES = 20;

  /** A report, which copies its lists. */
  public StateReport {
    loaded = List.copyOf(loaded);
    missing = List.copyOf(missing);
    unexpected = List.copyOf(unexpected);
    mismatched = List.copyOf(mismatched);
  }

  /** Whether both have the same names with the same shapes. */
  public boolean isComplete() {
    return missing.isEmpty() && unexpected.isEmpty() && mismatched.isEmpty();
  }

  static StateReport compare(Map<String, Tensor> state, Map<String, TensorEntry> entries) {
    List<String> loaded = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    List<String> mismatched = new ArrayList<>();
    state.forEach(
        (name, tensor) -> {
          TensorEntry entry = entries.get(name);
          if (entry == null) {
            missing.add(name);
          } else if (entry.shape().equals(tensor.shape())
              && StateFile.converts(entry.dtype(), tensor.dtype())) {
            loaded.add(name);
          } else {
            mismatched.add(
                name
                    + " "
                    + tensor.dtype()
                    + tensor.shape()
                    + ", in the file "
                    + entry.dtype()
                    + entry.shape());
          }
        });
    List<String> unexpected =
        entries.keySet().stream().filter(name -> !state.containsKey(name)).toList();
    return new StateReport(loaded, missing, unexpected, mismatched);
  }

  /** What fits and what does not, one name a line, twenty of a kind at most. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append(loaded.size()).append(" tensors fit");
    append(text, "missing", missing);
    append(text, "unexpected", unexpected);
    append(text, "mismatched", mismatched);
    return text.toString();
  }

  private static void append(StringBuilder text, String kind, List<String> names) {
    if (!names.isEmpty()) {
      text.append("\n  ").append(kind).append(" (").append(names.size()).append(")");
      for (String name : names.subList(0, Math.min(names.size(), MOST_NAMES))) {
        text.append("\n    ").append(TensorFileException.printable(name));
      }
      if (names.size() > MOST_NAMES) {
        text.append("\n    and ").append(names.size() - MOST_NAMES).append(" more");
      }
    }
  }
}
