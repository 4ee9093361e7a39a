package dev.tempera.bench.work;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import java.util.List;

/**
 * A convolution of one channels-last image, or a gradient of it. Forward adds a bias and applies a
 * ReLU; the gradient with respect to the input applies the ReLU's mask first, which is taken from
 * an operand of its own.
 *
 * @param inputChannels of the image
 * @param outputChannels of the result
 * @param side of the image in pixels
 * @param kernel side of the kernel
 * @param stride between neighbouring outputs
 * @param direction which of the three
 */
public record Convolution(
    int inputChannels, int outputChannels, int side, int kernel, int stride, Direction direction)
    implements Computation {

  /** What is computed. */
  public enum Direction {
    /** Convolution, bias, ReLU. */
    FORWARD("forward"),
    /** The gradient with respect to the image, after the ReLU's mask. */
    INPUT_GRADIENT("input-gradient"),
    /** The gradient with respect to the weight. */
    WEIGHT_GRADIENT("weight-gradient");

    private final String label;

    Direction(String label) {
      this.label = label;
    }

    /** The name in printed lines and in the protocol of other processes. */
    public String label() {
      return label;
    }
  }

  /** Zeros at each side. */
  public int padding() {
    return (kernel - 1) / 2;
  }

  /** The geometry as backends take it. */
  public Conv2dParams params() {
    return Conv2dParams.DEFAULT.withStride(stride).withPadding(padding());
  }

  /** (1, Cin, side, side). */
  public Shape imageShape() {
    return Shape.of(1, inputChannels, side, side);
  }

  /** (Cout, Cin, kernel, kernel). */
  public Shape weightShape() {
    return Shape.of(outputChannels, inputChannels, kernel, kernel);
  }

  /** Side of the result in pixels. */
  public int outputSide() {
    return (side + 2 * padding() - kernel) / stride + 1;
  }

  @Override
  public String shape() {
    String plain = inputChannels + "-" + outputChannels + "@" + side;
    return stride == 1 ? plain : plain + "/" + stride;
  }

  @Override
  public double operations() {
    return 2.0 * weightShape().size() * outputSide() * outputSide();
  }

  @Override
  public double bytes() {
    double output = (double) outputChannels * outputSide() * outputSide();
    double mask = direction == Direction.INPUT_GRADIENT ? output / Byte.SIZE : 0;
    return Float.BYTES * (imageShape().size() + weightShape().size() + output) + mask;
  }

  @Override
  public List<Operand> operands() {
    Operand image = Operand.image("image", 1, inputChannels, side);
    Operand gradient = Operand.image("gradient", 2, outputChannels, outputSide());
    double deviation = Math.sqrt(2.0 / (inputChannels * kernel * kernel));
    Operand weight = new Operand("weight", weightShape(), MemoryOrder.ROW_MAJOR, 3, deviation);
    return switch (direction) {
      case FORWARD ->
          List.of(
              image,
              weight,
              new Operand("bias", Shape.of(outputChannels), MemoryOrder.ROW_MAJOR, 4, 0.1));
      case INPUT_GRADIENT ->
          List.of(gradient, weight, Operand.image("sums", 5, outputChannels, outputSide()));
      case WEIGHT_GRADIENT -> List.of(image, gradient);
    };
  }

  @Override
  public MemoryOrder resultOrder() {
    return direction == Direction.WEIGHT_GRADIENT
        ? MemoryOrder.ROW_MAJOR
        : MemoryOrder.CHANNELS_LAST;
  }
}
