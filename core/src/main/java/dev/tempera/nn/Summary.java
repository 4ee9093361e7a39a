package dev.tempera.nn;

import dev.tempera.data.Shape;
import dev.tempera.tensor.NoRecord;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of {@link Layer#describe}. */
final class Summary {
  private static final int PATH = 0;
  private static final int KIND = 1;
  private static final int OUTPUT = 2;
  private static final int COUNT = 3;

  private Summary() {}

  static String of(Layer net, int... inputShape) {
    Map<Block, Shape> outputs = outputShapes(net, inputShape);
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"layer", "kind", "output", "parameters"});
    net.forEachBlock(
        "",
        (prefix, block) -> {
          Shape output = outputs.get(block);
          rows.add(
              new String[] {
                prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1),
                block.kind(),
                output == null ? "not reached" : output.toString(),
                grouped(block.ownParameterCount())
              });
        });
    long bytes =
        net.state().values().stream().mapToLong(t -> t.shape().size() * t.dtype().byteSize()).sum();
    return table(rows)
        + grouped(net.parameterCount())
        + " parameters, "
        + grouped(net.trainableParameterCount())
        + " of them trainable; "
        + grouped(bytes)
        + " bytes with buffers";
  }

  /** Applies the net to zeros, in evaluation mode, and notes what every layer gives. */
  private static Map<Block, Shape> outputShapes(Layer net, int... inputShape) {
    Map<Block, Shape> outputs = new HashMap<>();
    List<Block> inTraining = new ArrayList<>();
    net.forEachBlock(
        "",
        (prefix, block) -> {
          if (block.isTraining()) {
            inTraining.add(block);
          }
          if (block instanceof Layer layer) {
            layer.observe((applied, output) -> outputs.put(applied, output.shape()));
          }
        });
    net.eval();
    try (NoRecord _ = NoRecord.open();
        TensorScope _ = TensorScope.open("describe")) {
      net.apply(Tensor.zeros(inputShape));
    } finally {
      inTraining.forEach(Block::resumeTraining);
      net.forEachBlock(
          "",
          (prefix, block) -> {
            if (block instanceof Layer layer) {
              layer.observe(null);
            }
          });
    }
    return outputs;
  }

  private static String table(List<String[]> rows) {
    int[] widths = new int[COUNT + 1];
    for (String[] row : rows) {
      for (int column = PATH; column <= COUNT; column++) {
        widths[column] = Math.max(widths[column], row[column].length());
      }
    }
    String format =
        "%%-%ds  %%-%ds  %%-%ds  %%%ds%%n"
            .formatted(widths[PATH], widths[KIND], widths[OUTPUT], widths[COUNT]);
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      text.append(
          String.format(Locale.ROOT, format, row[PATH], row[KIND], row[OUTPUT], row[COUNT]));
    }
    return text.toString();
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
  }
}
