package dev.tempera.nn;

import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A block that maps one tensor to one. */
public abstract class Layer extends Block implements UnaryOperator<Tensor> {
  private @Nullable Observer observer;

  /** A layer without parameters, buffers or children. */
  protected Layer() {}

  /** Is told what layers compute. */
  @FunctionalInterface
  interface Observer {
    /** Called after each application of a layer. */
    void applied(Layer layer, Tensor output);
  }

  /**
   * The layer's function of a tensor.
   *
   * @return a handle of its own, which the caller may close
   */
  @Override
  @SuppressWarnings("ReferenceEquality") // Handles are compared by identity.
  public final Tensor apply(Tensor x) {
    Tensor y = forward(x);
    if (y == x) {
      throw new IllegalStateException(
          "layer: the result is the input itself\n  layer   "
              + kind()
              + "\n  rule    forward returns a handle of its own, for those who close it"
              + "\n  hint    return unchanged(x)");
    }
    if (observer != null) {
      observer.applied(this, y);
    }
    return y;
  }

  /**
   * Computes the layer's function.
   *
   * @return a handle of its own, not x and no parameter: the caller may close it
   */
  protected abstract Tensor forward(Tensor x);

  /** A handle of its own on the same values, through which gradients flow. */
  protected static Tensor unchanged(Tensor x) {
    return Recording.of("unchanged", x).unchanged();
  }

  /** Sets who is told what this layer computes; null for nobody. */
  final void observe(@Nullable Observer newObserver) {
    observer = newObserver;
  }

  /**
   * A table of the layers in this one: path, kind, output shape and number of parameters. The
   * shapes come from applying it, in evaluation mode, to zeros.
   *
   * @param inputShape with the batch axis first
   */
  public final String describe(int... inputShape) {
    return Summary.of(this, inputShape);
  }
}
