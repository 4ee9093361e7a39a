package dev.tempera.op;

import dev.tempera.backend.Backend;
import dev.tempera.backend.NormGroups;
import dev.tempera.backend.NormOps.Moments;
import dev.tempera.backend.NormParams;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Saved;
import dev.tempera.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What all normalisations by moments of the input itself do: y = (x − μ)·r·scale + shift, with mean
 * μ and factor r of each group of elements. The input and the moments are kept.
 *
 * @param op the operation's name, for messages
 * @param flat the input's shape as (N, C, P)
 * @param groups which elements are normalised together
 * @param params ε and the kind of variance
 */
record Normalization(String op, Shape flat, NormGroups groups, NormParams params) {
  /** A normalisation of (N, C, …) with all axes after the channels as pixels. */
  static Normalization ofChannels(String op, Tensor x, NormGroups groups, NormParams params) {
    return new Normalization(op, channels(x.shape()), groups, params);
  }

  /** (N, C, …) as (N, C, P). */
  static Shape channels(Shape shape) {
    long pixels = 1;
    for (int axis = 2; axis < shape.rank(); axis++) {
      pixels *= shape.dim(axis);
    }
    return Shape.of(shape.dim(0), shape.dim(1), Math.toIntExact(pixels));
  }

  /**
   * Requires a batch and a channel axis.
   *
   * @throws ShapeException if there are fewer than two axes
   */
  static void requireChannels(String op, Tensor x) {
    if (x.shape().rank() < 2) {
      throw new ShapeException(
          op + ": input needs a batch and a channel axis\n  input   " + x.shape() + "  (N, C, …)");
    }
  }

  /**
   * Requires scale and shift to come together, each with one number for each of so many elements.
   *
   * @param expected their shape
   * @param axes what its axes are
   * @throws ShapeException if they do not
   */
  static void requireAffine(
      String op,
      Tensor x,
      @Nullable Tensor scale,
      @Nullable Tensor shift,
      Shape expected,
      String axes) {
    if (scale == null && shift != null) {
      throw new ShapeException(
          op + ": a shift without a scale\n  shift   " + shift.shape() + "\n  hint    pass ones");
    }
    requireShape(op, x, "scale", scale, expected, axes);
    requireShape(op, x, "shift", shift, expected, axes);
  }

  /**
   * Requires a tensor, if it is there, to have a shape.
   *
   * @param axes what the axes of the shape are
   * @throws ShapeException if it has another
   */
  static void requireShape(
      String op, Tensor x, String name, @Nullable Tensor tensor, Shape expected, String axes) {
    if (tensor != null && !tensor.shape().equals(expected)) {
      throw new ShapeException(
          op
              + ": the "
              + name
              + " does not fit the input\n  input   "
              + x.shape()
              + "\n  "
              + name
              + " ".repeat(Math.max(8 - name.length(), 1))
              + tensor.shape()
              + "\n  rule    "
              + name
              + " has shape "
              + expected
              + "  "
              + axes);
    }
  }

  /**
   * The normalised tensor.
   *
   * @param scale C or N·C numbers, or null
   * @param shift as many, or null
   * @param observer sees the moments while they are held
   * @throws ShapeException if a group has too few elements for an unbiased variance
   */
  Tensor apply(
      Tensor x, @Nullable Tensor scale, @Nullable Tensor shift, Consumer<Moments> observer) {
    Recording recording = Recording.of(op, operands(x, scale, shift));
    OperandTypes.requireOne(
        op, x, new OperandTypes.Named("scale", scale), new OperandTypes.Named("shift", shift));
    if (params.unbiased() && groups.count(flat) < 2) {
      throw new ShapeException(
          op
              + ": an unbiased variance needs two elements\n  input   "
              + x.shape()
              + "\n  rule    elements that are normalised together ≥ 2, here "
              + groups.count(flat));
    }
    Backend backend = recording.backend();
    View rows = backend.reshaped(x.view(), flat);
    Moments moments = backend.moments(rows, groups, params);
    View y = standardized(backend, rows, moments, scale, shift, x.shape());
    rows.storage().release();
    observer.accept(moments);
    recording.keep(moments.mean().storage());
    recording.keep(moments.variance().storage());
    Saved keptInput = recording.save(x, recording.isActive());
    @Nullable Saved keptScale = scale == null ? null : recording.save(scale, recording.isActive());
    boolean wantsInput = recording.needs(0);
    boolean wantsScale = scale != null && recording.needs(1);
    boolean wantsShift = shift != null && recording.needs(2);
    return recording.result(
        y,
        (gradient, into) -> {
          NormalizationGradients gradients =
              NormalizationGradients.of(
                  this,
                  gradient,
                  keptInput.tensor(),
                  keptScale == null ? null : keptScale.tensor(),
                  moments,
                  wantsInput,
                  wantsScale || wantsShift);
          into.add(0, gradients::input);
          if (scale != null) {
            into.add(1, gradients::scale);
          }
          if (shift != null) {
            into.add(2, gradients::shift);
          }
          gradients.release();
        });
  }

  private static Tensor[] operands(Tensor x, @Nullable Tensor scale, @Nullable Tensor shift) {
    List<Tensor> operands = new ArrayList<>(List.of(x));
    if (scale != null) {
      operands.add(scale);
    }
    if (shift != null) {
      operands.add(shift);
    }
    return operands.toArray(new Tensor[0]);
  }

  /** Standardised rows in the shape of the input. */
  private View standardized(
      Backend backend,
      View rows,
      Moments moments,
      @Nullable Tensor scale,
      @Nullable Tensor shift,
      Shape shape) {
    View scaleRows = matrix(backend, scale);
    View shiftRows = matrix(backend, shift);
    View y = backend.standardize(rows, moments, groups, params, scaleRows, shiftRows);
    release(scaleRows);
    release(shiftRows);
    return Objects.requireNonNull(y.reshape(shape));
  }

  /** Numbers for each channel, or each channel of each image, as (1, C) or (N, C). */
  @Nullable View matrix(Backend backend, @Nullable Tensor numbers) {
    if (numbers == null) {
      return null;
    }
    int channels = flat.dim(1);
    int rows = channels == 0 ? 1 : Math.toIntExact(numbers.shape().size() / channels);
    return backend.reshaped(numbers.view(), Shape.of(rows, channels));
  }

  /** Gives back a view, if there is one. */
  static void release(@Nullable View view) {
    if (view != null) {
      view.storage().release();
    }
  }
}
