package dev.tempera.tensor;

import dev.tempera.autograd.Kept;
import dev.tempera.autograd.KeptMemory;
import dev.tempera.autograd.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a recorded graph as a table, a line for each operation and leaf. */
final class GraphExplanation {
  private static final List<String> HEAD =
      List.of("#", "operation", "value", "from", "bytes", "kept for the gradient");

  private final IdentityHashMap<Node<Tensor>, Integer> numbers = new IdentityHashMap<>();
  private final Set<Object> blocks = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<List<String>> lines = new ArrayList<>(List.of(HEAD));
  private int leaves;
  private long bytes;

  private GraphExplanation() {}

  static String of(Tensor tensor) {
    Node<Tensor> root = tensor.node();
    if (root == null) {
      return tensor.dtype() + "" + tensor.shape() + ": nothing was recorded\n";
    }
    GraphExplanation explanation = new GraphExplanation();
    root.history().forEach(explanation::add);
    return explanation.text();
  }

  private void add(Node<Tensor> node) {
    numbers.put(node, numbers.size());
    leaves += node.isLeaf() ? 1 : 0;
    long before = bytes;
    String kept =
        node.kept().stream()
            .map(Kept::memory)
            .flatMap(List::stream)
            .map(this::count)
            .collect(Collectors.joining("; "));
    lines.add(
        List.of(
            String.valueOf(numbers.get(node)),
            node.isLeaf() ? ("leaf " + node.name()).strip() : node.name(),
            node.dtype() + "" + node.shape(),
            node.inputs().stream().map(this::number).collect(Collectors.joining(" ")),
            kept.isEmpty() ? "" : grouped(bytes - before),
            kept));
  }

  private String number(@Nullable Node<Tensor> input) {
    return input == null ? "·" : String.valueOf(numbers.get(input));
  }

  private String count(KeptMemory memory) {
    if (!blocks.add(memory.block())) {
      return memory.what() + " (counted above)";
    }
    bytes += memory.bytes();
    return memory.what() + " " + grouped(memory.bytes());
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private String text() {
    int[] widths = new int[HEAD.size()];
    for (List<String> line : lines) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], line.get(column).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        boolean isNumber = column == 0 || column == 4;
        String padding = " ".repeat(widths[column] - line.get(column).length());
        row.append(isNumber ? padding + line.get(column) : line.get(column) + padding);
        row.append("  ");
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    int operations = numbers.size() - leaves;
    return text.append(operations)
        .append(operations == 1 ? " operation, " : " operations, ")
        .append(leaves)
        .append(leaves == 1 ? " leaf, " : " leaves, ")
        .append(grouped(bytes))
        .append(" bytes kept in ")
        .append(blocks.size())
        .append(blocks.size() == 1 ? " block\n" : " blocks\n")
        .toString();
  }
}
