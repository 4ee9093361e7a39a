package dev.tempera.tensor;

import dev.tempera.backend.AdamMoments;
import dev.tempera.backend.AdamParams;
import dev.tempera.backend.Backend;
import dev.tempera.backend.RmsPropAverages;
import dev.tempera.backend.RmsPropParams;
import dev.tempera.backend.SgdParams;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.ShapeException;
import dev.tempera.data.View;
import java.lang.ref.Reference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes to existing tensors, for optimisers. Values that a recorded operation keeps notice them.
 *
 * <p>All methods throw {@link IllegalStateException} if a tensor is closed or the written one is
 * frozen, {@link ShapeException} if shapes differ, and {@link IllegalArgumentException} if backends
 * or (except for {@link #assign}) element types differ, or if the written tensor repeats one
 * element along an axis. Then nothing is written.
 */
public final class InPlace {
  private InPlace() {}

  /** target ← source, converted to the target's type. */
  public static void assign(Tensor target, Tensor source) {
    requireWritable("assign", target);
    requireFitting("assign", target, "source", source);
    whileReachable(() -> assign(target, source.view()), target, source);
  }

  private static void assign(Tensor target, View from) {
    if (!sharesMemoryDifferently(target.view(), from)) {
      write(target).assign(target.view(), from);
      return;
    }
    View copy = target.backend().contiguous(from, MemoryOrder.ROW_MAJOR);
    try {
      write(target).assign(target.view(), copy);
    } finally {
      copy.storage().release();
    }
  }

  /** target ← target + scale·direction. */
  public static void addScaled(Tensor target, Tensor direction, double scale) {
    requireWritable("addScaled", target);
    requireOperand("addScaled", target, "direction", direction);
    Backend backend = write(target);
    whileReachable(
        () -> backend.addScaled(target.view(), direction.view(), scale), target, direction);
  }

  /**
   * target ← target + scale·direction, one pass over memory with the inner product.
   *
   * @param other may be the target
   * @return Σ targetᵢ·otherᵢ, after the update
   */
  public static double addScaledDot(Tensor target, Tensor direction, double scale, Tensor other) {
    requireWritable("addScaledDot", target);
    requireOperand("addScaledDot", target, "direction", direction);
    requireOperand("addScaledDot", target, "other", other);
    Backend backend = write(target);
    try {
      return backend.addScaledDot(target.view(), direction.view(), scale, other.view());
    } finally {
      Reference.reachabilityFence(target);
      Reference.reachabilityFence(direction);
      Reference.reachabilityFence(other);
    }
  }

  /** target ← kept·target + scale·direction. */
  public static void combine(Tensor target, double kept, Tensor direction, double scale) {
    requireWritable("combine", target);
    requireOperand("combine", target, "direction", direction);
    Backend backend = write(target);
    whileReachable(
        () -> backend.combine(target.view(), kept, direction.view(), scale), target, direction);
  }

  /**
   * One step of gradient descent; see {@link dev.tempera.backend.OptimizerOps#sgdStep}.
   *
   * @param velocity updated; null without momentum
   * @param step from 1
   */
  public static void sgdStep(
      Tensor parameter, Tensor gradient, @Nullable Tensor velocity, SgdParams params, int step) {
    Backend backend = beginStep("sgdStep", parameter, gradient, velocity);
    View carried = velocity == null ? null : velocity.view();
    whileReachable(
        () -> backend.sgdStep(parameter.view(), gradient.view(), carried, params, step),
        parameter,
        gradient,
        velocity);
  }

  /**
   * One step of Adam or a relative; see {@link dev.tempera.backend.OptimizerOps#adamStep}.
   *
   * @param moments updated
   * @param step from 1
   */
  public static void adamStep(
      Tensor parameter, Tensor gradient, AdamMoments<Tensor> moments, AdamParams params, int step) {
    Tensor largest = moments.largestSecond();
    Backend backend =
        beginStep("adamStep", parameter, gradient, moments.first(), moments.second(), largest);
    AdamMoments<View> views =
        new AdamMoments<>(
            moments.first().view(),
            moments.second().view(),
            largest == null ? null : largest.view());
    whileReachable(
        () -> backend.adamStep(parameter.view(), gradient.view(), views, params, step),
        parameter,
        gradient,
        moments);
  }

  /**
   * One step of RMSProp; see {@link dev.tempera.backend.OptimizerOps#rmsPropStep}.
   *
   * @param averages updated
   */
  public static void rmsPropStep(
      Tensor parameter, Tensor gradient, RmsPropAverages<Tensor> averages, RmsPropParams params) {
    Tensor mean = averages.mean();
    Tensor velocity = averages.velocity();
    Backend backend =
        beginStep("rmsPropStep", parameter, gradient, averages.square(), mean, velocity);
    RmsPropAverages<View> views =
        new RmsPropAverages<>(
            averages.square().view(),
            mean == null ? null : mean.view(),
            velocity == null ? null : velocity.view());
    whileReachable(
        () -> backend.rmsPropStep(parameter.view(), gradient.view(), views, params),
        parameter,
        gradient,
        averages);
  }

  /** Checks and announces the writing of a parameter and of what an optimiser keeps with it. */
  private static Backend beginStep(
      String op, Tensor parameter, Tensor gradient, @Nullable Tensor... states) {
    requireWritable(op, parameter);
    requireOperand(op, parameter, "gradient", gradient);
    for (Tensor state : states) {
      if (state != null) {
        requireWritable(op, state);
        requireOperand(op, parameter, "state", state);
      }
    }
    for (Tensor state : states) {
      if (state != null) {
        write(state);
      }
    }
    return write(parameter);
  }

  /**
   * Runs a kernel whose operands the garbage collector must not take for forgotten before it is
   * done.
   */
  private static void whileReachable(Runnable kernel, @Nullable Object... operands) {
    try {
      kernel.run();
    } finally {
      for (Object operand : operands) {
        Reference.reachabilityFence(operand);
      }
    }
  }

  private static Backend write(Tensor target) {
    target.view().storage().markModified();
    return target.backend();
  }

  private static void requireWritable(String op, Tensor target) {
    target.requireOpen(op);
    View view = target.view();
    for (int axis = 0; axis < view.shape().rank(); axis++) {
      if (view.stride(axis) == 0 && view.shape().dim(axis) > 1) {
        throw new IllegalArgumentException(
            op
                + ": the written tensor repeats one element along axis "
                + axis
                + "\n  target  "
                + view
                + "\n  rule    stride > 0 on every axis longer than 1"
                + "\n  hint    write to a copy, not to the result of expand");
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // Backends are compared by identity.
  private static void requireFitting(String op, Tensor target, String name, Tensor operand) {
    operand.requireOpen(op);
    if (!operand.shape().equals(target.shape())) {
      throw new ShapeException(
          op
              + ": the shapes differ"
              + operands(target, name, operand)
              + "\n  rule    equal shapes");
    }
    if (operand.backend() != target.backend()) {
      throw new IllegalArgumentException(
          op
              + ": operands live on different backends"
              + operands(target, name, operand)
              + "\n  rule    one backend for all, here "
              + target.backend().name()
              + " and "
              + operand.backend().name());
    }
  }

  private static void requireOperand(String op, Tensor target, String name, Tensor operand) {
    requireFitting(op, target, name, operand);
    if (operand.dtype() != target.dtype() || !target.dtype().isComputable()) {
      throw new IllegalArgumentException(
          op
              + ": the element types do not fit"
              + operands(target, name, operand)
              + "\n  rule    equal types, float32 or float64"
              + "\n  hint    convert one of them with to(DType)");
    }
    if (sharesMemoryDifferently(target.view(), operand.view())) {
      throw new IllegalArgumentException(
          op
              + ": target and operand are different views of the same memory"
              + "\n  target  "
              + target.view()
              + "\n  "
              + padded(name)
              + operand.view()
              + "\n  hint    copy one of them first");
    }
  }

  private static String operands(Tensor target, String name, Tensor operand) {
    return "\n  target  "
        + target.dtype()
        + target.shape()
        + "\n  "
        + padded(name)
        + operand.dtype()
        + operand.shape();
  }

  private static String padded(String name) {
    return name + " ".repeat(Math.max(1, 8 - name.length()));
  }

  @SuppressWarnings("ReferenceEquality") // Storages are compared by identity.
  private static boolean sharesMemoryDifferently(View target, View source) {
    return target.storage() == source.storage()
        && !(target.offset() == source.offset()
            && target.dtype() == source.dtype()
            && Arrays.equals(target.strides(), source.strides()));
  }
}
