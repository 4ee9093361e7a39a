package dev.tempera.nn;

import dev.tempera.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * A function of one tensor as a layer without parameters: {@code new FunctionLayer("log softmax", x
 * -> LogSoftmax.apply(x, 1))}.
 */
public final class FunctionLayer extends Layer {
  private final String name;
  private final UnaryOperator<Tensor> function;

  /**
   * The layer.
   *
   * @param name for descriptions
   * @param function whose result is a handle of its own
   */
  public FunctionLayer(String name, UnaryOperator<Tensor> function) {
    this.name = name;
    this.function = function;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return function.apply(x);
  }

  @Override
  protected String kind() {
    return "FunctionLayer(" + name + ")";
  }
}
