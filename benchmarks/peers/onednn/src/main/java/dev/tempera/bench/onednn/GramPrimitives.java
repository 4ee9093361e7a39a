package dev.tempera.bench.onednn;

import dev.tempera.bench.work.GramProduct;
import java.util.List;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.desc;

/** The primitives of a Gram matrix as a plain product, or of its gradient. */
final class GramPrimitives {
  private GramPrimitives() {}

  /** What computes the matrix or the gradient, of features that lie pixels × channels. */
  static Program program(GramProduct gram, Operands operands, Processor processor) {
    return gram.backward()
        ? gradient(gram, operands, processor)
        : product(gram, operands, processor);
  }

  private static long pixels(GramProduct gram) {
    return (long) gram.side() * gram.side();
  }

  private static Program product(GramProduct gram, Operands operands, Processor processor) {
    int channels = gram.channels();
    memory stored = operands.memory("features");
    memory pixels = processor.seenAs(stored, Layouts.matrix(pixels(gram), channels));
    memory features = processor.seenAs(stored, Layouts.transposed(channels, pixels(gram)));
    memory result = processor.memory(Layouts.matrix(channels, channels));
    return new Program(List.of(matmul(processor.engine(), features, pixels, result)), result);
  }

  private static Program gradient(GramProduct gram, Operands operands, Processor processor) {
    int channels = gram.channels();
    engine cpu = processor.engine();
    desc square = Layouts.matrix(channels, channels);
    memory gradient = operands.memory("gradient");
    memory symmetric = processor.memory(square);
    Execution transpose =
        Execution.reorder(
            processor.seenAs(gradient, Layouts.transposed(channels, channels)), symmetric);
    Execution sum =
        new Execution(
                new binary(
                    new binary.primitive_desc(cpu, dnnl.dnnl_binary_add, square, square, square)))
            .with(dnnl.DNNL_ARG_SRC_0, gradient)
            .with(dnnl.DNNL_ARG_SRC_1, symmetric)
            .with(dnnl.DNNL_ARG_DST, symmetric);
    desc layout = Layouts.matrix(pixels(gram), channels);
    memory pixels = processor.seenAs(operands.memory("features"), layout);
    memory result = processor.memory(layout);
    return new Program(List.of(transpose, sum, matmul(cpu, pixels, symmetric, result)), result);
  }

  private static Execution matmul(engine cpu, memory left, memory right, memory result) {
    var description =
        new matmul.primitive_desc(cpu, left.get_desc(), right.get_desc(), result.get_desc());
    return new Execution(new matmul(description))
        .with(dnnl.DNNL_ARG_SRC, left)
        .with(dnnl.DNNL_ARG_WEIGHTS, right)
        .with(dnnl.DNNL_ARG_DST, result);
  }
}
