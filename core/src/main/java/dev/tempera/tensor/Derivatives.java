package dev.tempera.tensor;

import dev.tempera.autograd.Node;
import dev.tempera.backend.Backends;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Concat;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Derivatives of functions of tensors. Inputs need not be tracked; a derivative is with respect to
 * the inputs alone, whatever else the function uses.
 *
 * <p>Results belong to the innermost scope, and everything else that was made is closed. A result
 * is recorded itself if recording is on and the function depends on tracked tensors: on its inputs,
 * if those are tracked, or on others, such as the weights of a net. So {@code grad(grad(f))} is the
 * second derivative, and a penalty on a gradient can be minimised.
 */
public final class Derivatives {
  private Derivatives() {}

  /**
   * A function's value where it is to be differentiated.
   *
   * @param at handles on the inputs that derivatives are with respect to
   * @param value of the function there
   * @param isRecorded whether the derivatives are recorded if they depend on other tracked tensors
   */
  private record Evaluation(List<Tensor> at, Tensor value, boolean isRecorded) {
    private static boolean dependsOnOthersThan(Tensor derived, List<Tensor> own) {
      Node<Tensor> root = derived.node();
      return root != null
          && root.history().stream()
              .filter(Node::isLeaf)
              .anyMatch(leaf -> own.stream().noneMatch(tensor -> tensor.node() == leaf));
    }

    /** How to walk from a derived value so that the result is recorded if it must be. */
    BackwardMode mode(Tensor derived, List<Tensor> own, BackwardMode otherwise) {
      return isRecorded && dependsOnOthersThan(derived, own)
          ? BackwardMode.DIFFERENTIABLE
          : otherwise;
    }
  }

  /** Evaluates a function at handles of their own, so that no other use of an input counts. */
  private static Evaluation evaluate(TensorFunction function, List<Tensor> inputs, boolean outer) {
    List<Tensor> at = new ArrayList<>();
    for (Tensor input : inputs) {
      at.add(outer && input.isTracked() ? Recording.of("input", input).unchanged() : input.track());
    }
    return new Evaluation(at, function.apply(List.copyOf(at)), outer);
  }

  private static Tensor keep(TensorScope scope, Tensor result) {
    return scope.keep(result.scope() == scope ? result : result.managedAlias());
  }

  /**
   * The vector-Jacobian product: the value of a function, and the gradients of ⟨seed, value⟩.
   *
   * @param seed of the value's shape
   * @throws IllegalArgumentException if it is not
   */
  public static ValueAndGradients vjp(TensorFunction function, List<Tensor> inputs, Tensor seed) {
    return pullBack("vjp", function, inputs, value -> seed);
  }

  /**
   * The value of a scalar function and its gradients.
   *
   * @throws ShapeException if the value is not a scalar
   */
  public static ValueAndGradients valueAndGradients(TensorFunction function, List<Tensor> inputs) {
    return pullBack("gradients", function, inputs, value -> one("gradients", value));
  }

  private static Tensor one(String op, Tensor value) {
    if (value.shape().size() != 1) {
      throw new ShapeException(
          op
              + ": the function's value is not a scalar\n  value   "
              + value.dtype()
              + value.shape()
              + "\n  hint    sum() it, or use vjp with a seed of its shape");
    }
    return value.filledLike(1);
  }

  private static ValueAndGradients pullBack(
      String op, TensorFunction function, List<Tensor> inputs, UnaryOperator<Tensor> seed) {
    boolean outer = RecordingState.current().isRecording();
    try (RecordingState.Section _ = RecordingState.recording(true);
        TensorScope scope = TensorScope.open(op)) {
      Evaluation evaluation = evaluate(function, inputs, outer);
      List<Tensor> at = evaluation.at();
      Tensor value = evaluation.value();
      BackwardMode mode = evaluation.mode(value, at, BackwardMode.CONSUME);
      List<Tensor> gradients = gradients(value, seed.apply(value), mode, at);
      boolean isRecorded = mode == BackwardMode.DIFFERENTIABLE;
      return new ValueAndGradients(
          keep(scope, isRecorded ? value : value.detach()),
          gradients.stream().map(gradient -> keep(scope, gradient)).toList());
    }
  }

  /** Gradients with respect to some handles, zeros where a value does not depend on one. */
  private static List<Tensor> gradients(
      Tensor value, Tensor seed, BackwardMode mode, List<Tensor> at) {
    if (!value.isTracked()) {
      return at.stream().map(input -> input.filledLike(0)).toList();
    }
    Gradients gradients = value.backward(seed, mode, at);
    return at.stream().map(gradients::ofOrZeros).toList();
  }

  /**
   * The gradient of a scalar function, as a function.
   *
   * @return throws {@link ShapeException} if the value is not a scalar
   */
  public static UnaryOperator<Tensor> grad(UnaryOperator<Tensor> function) {
    return x ->
        pullBack("grad", in -> function.apply(in.get(0)), List.of(x), value -> one("grad", value))
            .gradients()
            .get(0);
  }

  /**
   * The Jacobian-vector product: the derivative of a function along a direction, of the value's
   * shape. The vector-Jacobian product is linear in its vector; this is the gradient of that.
   *
   * @param direction of the shape of x
   * @throws ShapeException if it is not
   */
  public static Tensor jvp(UnaryOperator<Tensor> function, Tensor x, Tensor direction) {
    requireDirection("jvp", x, direction);
    boolean outer = RecordingState.current().isRecording();
    try (RecordingState.Section _ = RecordingState.recording(true);
        TensorScope scope = TensorScope.open("jvp")) {
      Evaluation evaluation = evaluate(in -> function.apply(in.get(0)), List.of(x), outer);
      Tensor seed = evaluation.value().filledLike(0).track();
      return keep(scope, alongGradient(evaluation, seed, direction, seed));
    }
  }

  /**
   * The Hessian-vector product of a scalar function, of the shape of x; the Hessian is never made
   * (Pearlmutter, 1994).
   *
   * @param direction of the shape of x
   * @throws ShapeException if it is not, or the value is not a scalar
   */
  public static Tensor hvp(UnaryOperator<Tensor> function, Tensor x, Tensor direction) {
    requireDirection("hvp", x, direction);
    boolean outer = RecordingState.current().isRecording();
    try (RecordingState.Section _ = RecordingState.recording(true);
        TensorScope scope = TensorScope.open("hvp")) {
      Evaluation evaluation = evaluate(in -> function.apply(in.get(0)), List.of(x), outer);
      Tensor seed = one("hvp", evaluation.value());
      return keep(scope, alongGradient(evaluation, seed, direction, evaluation.at().get(0)));
    }
  }

  /** The gradient of ⟨gradient of the value, direction⟩ with respect to a handle. */
  private static Tensor alongGradient(
      Evaluation evaluation, Tensor seed, Tensor direction, Tensor withRespectTo) {
    List<Tensor> at = evaluation.at();
    Tensor first = gradients(evaluation.value(), seed, BackwardMode.DIFFERENTIABLE, at).get(0);
    List<Tensor> own = new ArrayList<>(at);
    own.add(seed);
    BackwardMode mode = evaluation.mode(first, own, BackwardMode.CONSUME);
    return gradients(first, direction, mode, List.of(withRespectTo)).get(0);
  }

  private static void requireDirection(String op, Tensor x, Tensor direction) {
    if (!direction.shape().equals(x.shape())) {
      throw new ShapeException(
          op
              + ": the direction has another shape\n  input     "
              + x.shape()
              + "\n  direction "
              + direction.shape()
              + "\n  rule      equal shapes");
    }
  }

  /**
   * All partial derivatives of a function, one backward walk for each element of its value: for
   * small values.
   *
   * @return the axes of the value, then those of x
   */
  public static Tensor jacobian(UnaryOperator<Tensor> function, Tensor x) {
    boolean outer = RecordingState.current().isRecording();
    try (RecordingState.Section _ = RecordingState.recording(true);
        TensorScope scope = TensorScope.open("jacobian")) {
      Evaluation evaluation = evaluate(in -> function.apply(in.get(0)), List.of(x), outer);
      Tensor value = evaluation.value();
      List<Tensor> at = evaluation.at();
      BackwardMode mode = evaluation.mode(value, at, BackwardMode.RETAIN);
      List<Tensor> rows = new ArrayList<>();
      for (int i = 0; i < value.shape().size(); i++) {
        rows.add(gradients(value, unit(value, i), mode, at).get(0).reshape(1, -1));
      }
      int[] shape =
          IntStream.concat(IntStream.of(value.shape().toArray()), IntStream.of(x.shape().toArray()))
              .toArray();
      Tensor jacobian = rows.isEmpty() ? emptyLike(x, shape) : Concat.apply(rows, 0);
      return keep(scope, jacobian.reshape(shape));
    }
  }

  private static Tensor emptyLike(Tensor x, int[] shape) {
    return Tensor.of(x.backend(), x.backend().filled(x.dtype(), Shape.of(shape), 0));
  }

  /** Zeros but for a 1 at one element, counted in row-major order. */
  private static Tensor unit(Tensor like, int element) {
    double[] values = new double[Math.toIntExact(like.shape().size())];
    values[element] = 1;
    try (Backends.Choice _ = Backends.use(like.backend())) {
      return Tensor.of(values, like.shape().toArray()).to(like.dtype());
    }
  }

  /**
   * All second partial derivatives of a scalar function, one backward walk for each element of x:
   * for small inputs.
   *
   * @return the axes of x twice
   * @throws ShapeException if the value is not a scalar
   */
  public static Tensor hessian(UnaryOperator<Tensor> function, Tensor x) {
    return jacobian(grad(function), x);
  }
}
