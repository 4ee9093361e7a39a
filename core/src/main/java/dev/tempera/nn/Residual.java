package dev.tempera.nn;

import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Tensor;

/** A layer with a way around it: y = shortcut(x) + body(x) (He et al., 2016, equations 1 and 2). */
public final class Residual extends Layer {
  private final Layer body;
  private final Layer shortcut;

  /** A way around that changes nothing; the body keeps the shape. */
  public Residual(Layer body) {
    this(body, Sequential.of());
  }

  /**
   * A way around that fits the shape.
   *
   * @param shortcut for example a 1×1 convolution of the body's stride
   */
  public Residual(Layer body, Layer shortcut) {
    this.body = child("body", body);
    this.shortcut = child("shortcut", shortcut);
  }

  @Override
  protected Tensor forward(Tensor x) {
    try (Tensor change = body.apply(x);
        Tensor around = shortcut.apply(x)) {
      if (!around.shape().equals(change.shape())) {
        throw new ShapeException(
            "residual: body and shortcut give different shapes\n  input   "
                + x.shape()
                + "\n  body    "
                + change.shape()
                + "\n  around  "
                + around.shape()
                + "\n  rule    equal shapes"
                + "\n  hint    give a shortcut that changes the shape as the body does");
      }
      return around.add(change);
    }
  }
}
