package dev.tempera.nn;

import dev.tempera.backend.UnaryOp;
import dev.tempera.op.Unary;
import dev.tempera.tensor.Tensor;
import java.util.Locale;

/**
 * An elementwise function as a layer, such as {@code new ActivationLayer(UnaryOp.TANH)}.
 *
 * <p>Its parameters are those of the {@link UnaryOp}, and are numbers, not trained.
 */
public final class ActivationLayer extends Layer {
  private final UnaryOp function;
  private final double a;
  private final double b;

  /** A function without parameters. */
  public ActivationLayer(UnaryOp function) {
    this(function, 0, 0);
  }

  /**
   * A function with parameters.
   *
   * @param a the first parameter, such as the slope of a leaky rectifier
   * @param b the second parameter, 0 if there is none
   */
  public ActivationLayer(UnaryOp function, double a, double b) {
    this.function = function;
    this.a = a;
    this.b = b;
  }

  /** The rectifier, max(x, 0). */
  public static ActivationLayer relu() {
    return new ActivationLayer(UnaryOp.RELU);
  }

  /** x where x > 0, else slope·x. */
  public static ActivationLayer leakyRelu(double slope) {
    return new ActivationLayer(UnaryOp.LEAKY_RELU, slope, 0);
  }

  @Override
  protected Tensor forward(Tensor x) {
    return Unary.apply(function, x, a, b);
  }

  @Override
  protected String kind() {
    String name = function.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    if (a == 0 && b == 0) {
      return "ActivationLayer(" + name + ")";
    }
    return "ActivationLayer(" + name + ", " + a + (b == 0 ? ")" : ", " + b + ")");
  }
}
