package dev.tempera.bench.onednn;

import dev.tempera.bench.work.Convolution;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import java.util.List;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.desc;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;

/**
 * The primitives of a convolution or of a gradient of it, by the algorithm that oneDNN prefers.
 * Images are channels-last. Weights lie as the primitive likes them: an operand is brought there
 * beforehand, a gradient is brought from there by a reorder that counts.
 */
final class ConvolutionPrimitives {
  private static final int ALGORITHM = dnnl.dnnl_convolution_auto;
  private static final int RELU = dnnl.dnnl_eltwise_relu;

  private final Convolution convolution;
  private final Operands operands;
  private final Processor processor;
  private final engine cpu;
  private final desc image;
  private final desc weight;
  private final desc output;
  private final long[] strides;
  private final long[] padding;

  ConvolutionPrimitives(Convolution convolution, Operands operands, Processor processor) {
    this.convolution = convolution;
    this.operands = operands;
    this.processor = processor;
    cpu = processor.engine();
    image = Layouts.dense(convolution.imageShape(), MemoryOrder.CHANNELS_LAST);
    weight = Layouts.any(convolution.weightShape());
    output =
        Layouts.dense(
            Shape.of(
                1,
                convolution.outputChannels(),
                convolution.outputSide(),
                convolution.outputSide()),
            MemoryOrder.CHANNELS_LAST);
    strides = new long[] {convolution.stride(), convolution.stride()};
    padding = new long[] {convolution.padding(), convolution.padding()};
  }

  /** What computes the convolution's direction. */
  Program program() {
    return switch (convolution.direction()) {
      case FORWARD -> forward();
      case INPUT_GRADIENT -> inputGradient();
      case WEIGHT_GRADIENT -> weightGradient();
    };
  }

  private Program forward() {
    memory bias = operands.memory("bias");
    post_ops rectified = new post_ops();
    rectified.append_eltwise(RELU, 0, 0);
    primitive_attr attributes = new primitive_attr();
    attributes.set_post_ops(rectified);
    var description =
        new convolution_forward.primitive_desc(
            cpu,
            dnnl.dnnl_forward_inference,
            ALGORITHM,
            image,
            weight,
            bias.get_desc(),
            output,
            strides,
            padding,
            padding,
            attributes,
            false);
    memory result = processor.memory(output);
    Execution execution =
        new Execution(new convolution_forward(description))
            .with(dnnl.DNNL_ARG_SRC, operands.memory("image"))
            .with(dnnl.DNNL_ARG_WEIGHTS, weightIn(description.weights_desc()))
            .with(dnnl.DNNL_ARG_BIAS, bias)
            .with(dnnl.DNNL_ARG_DST, result);
    return new Program(List.of(execution), result);
  }

  /** The forward convolution that the descriptions of gradients ask for. */
  private convolution_forward.primitive_desc differentiated() {
    return new convolution_forward.primitive_desc(
        cpu,
        dnnl.dnnl_forward_training,
        ALGORITHM,
        image,
        weight,
        output,
        strides,
        padding,
        padding);
  }

  private Program inputGradient() {
    var description =
        new convolution_backward_data.primitive_desc(
            cpu, ALGORITHM, image, weight, output, strides, padding, padding, differentiated());
    memory masked = processor.memory(output);
    memory result = processor.memory(image);
    Execution execution =
        new Execution(new convolution_backward_data(description))
            .with(dnnl.DNNL_ARG_DIFF_DST, masked)
            .with(dnnl.DNNL_ARG_WEIGHTS, weightIn(description.weights_desc()))
            .with(dnnl.DNNL_ARG_DIFF_SRC, result);
    return new Program(List.of(mask(masked), execution), result);
  }

  /** The gradient through the ReLU. */
  private Execution mask(memory masked) {
    var forward =
        new eltwise_forward.primitive_desc(
            cpu, dnnl.dnnl_forward_training, RELU, output, output, 0, 0);
    var description =
        new eltwise_backward.primitive_desc(cpu, RELU, output, output, output, 0, 0, forward);
    return new Execution(new eltwise_backward(description))
        .with(dnnl.DNNL_ARG_SRC, operands.memory("sums"))
        .with(dnnl.DNNL_ARG_DIFF_DST, operands.memory("gradient"))
        .with(dnnl.DNNL_ARG_DIFF_SRC, masked);
  }

  private Program weightGradient() {
    var description =
        new convolution_backward_weights.primitive_desc(
            cpu, ALGORITHM, image, weight, output, strides, padding, padding, differentiated());
    memory written = processor.memory(description.diff_weights_desc());
    memory result =
        processor.memory(Layouts.dense(convolution.weightShape(), MemoryOrder.ROW_MAJOR));
    Execution execution =
        new Execution(new convolution_backward_weights(description))
            .with(dnnl.DNNL_ARG_SRC, operands.memory("image"))
            .with(dnnl.DNNL_ARG_DIFF_DST, operands.memory("gradient"))
            .with(dnnl.DNNL_ARG_DIFF_WEIGHTS, written);
    return new Program(List.of(execution, Execution.reorder(written, result)), result);
  }

  private memory weightIn(desc layout) {
    memory laidOut = processor.memory(layout);
    processor.run(List.of(Execution.reorder(operands.memory("weight"), laidOut)));
    return laidOut;
  }
}
