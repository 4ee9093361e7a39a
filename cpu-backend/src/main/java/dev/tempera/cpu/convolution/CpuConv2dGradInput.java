package dev.tempera.cpu.convolution;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.ConvOps;
import dev.tempera.backend.KernelMemory;
import dev.tempera.backend.Padding;
import dev.tempera.backend.PaddingMode;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.MaskBits;
import dev.tempera.data.DType;
import dev.tempera.data.Mask;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Input gradients of convolutions of float32 images: convolutions of the output gradient with the
 * transposed weights, one for each phase of the stride.
 */
public final class CpuConv2dGradInput {
  private final CpuMemory memory;
  private final Workers workers;
  private final ConvolutionAlgorithms algorithms;

  /** Gradients in this memory by these threads, in these ways. */
  public CpuConv2dGradInput(CpuMemory memory, Workers workers, ConvolutionAlgorithms algorithms) {
    this.memory = memory;
    this.workers = workers;
    this.algorithms = algorithms;
  }

  /**
   * See {@link ConvOps#conv2dGradInput}; float32 only, results channels-last.
   *
   * @param backend applies masks and folds padding back
   */
  public View gradInput(
      ConvOps backend,
      View gradient,
      @Nullable Mask mask,
      View weight,
      Conv2dParams params,
      Shape inputShape) {
    if (mask != null && !appliesWhileReading(gradient, mask, weight, params, inputShape)) {
      View masked = backend.applyMask(gradient, mask);
      View result = gradInput(backend, masked, null, weight, params, inputShape);
      masked.storage().release();
      return result;
    }
    Padding padding = params.padding();
    if (hasNoEdges(padding)) {
      return convolve(gradient, mask, weight, null, params, inputShape);
    }
    Shape padded = padding.outputShape("conv2d", inputShape);
    View whole = convolve(gradient, mask, weight, null, params.withPadding(Padding.NONE), padded);
    View result = backend.pad2dGrad(whole, padding, inputShape);
    whole.storage().release();
    return result;
  }

  /** Whether what lies beyond the image's edges needs no folding back. */
  private static boolean hasNoEdges(Padding padding) {
    return padding.isNone() || padding.mode() == PaddingMode.ZERO;
  }

  /** Whether {@link #addTo} can add such a gradient to such a sum. */
  public boolean adds(
      View sum, View gradient, @Nullable Mask mask, View weight, Conv2dParams params) {
    return sum.isChannelsLast()
        && hasNoEdges(params.padding())
        && (mask == null || appliesWhileReading(gradient, mask, weight, params, sum.shape()))
        && phasesOf(gradient.shape(), weight, params, sum.shape()).stream()
            .allMatch(phase -> phase.algorithm(algorithms).addsToResults());
  }

  /** See {@link ConvOps#addConv2dGradInput}; float32 only, for what {@link #adds} says. */
  public void addTo(
      View sum, View gradient, @Nullable Mask mask, View weight, Conv2dParams params) {
    convolve(gradient, mask, weight, null, params, ImageSink.Activation.ADDITION, sum);
  }

  /** See {@link ConvOps#convTranspose2d}; float32 only, results channels-last. */
  public View transposed(
      View x, View weight, @Nullable View bias, Conv2dParams params, Shape outputShape) {
    return convolve(x, null, weight, bias, params, outputShape);
  }

  /** What a gradient takes besides its result. */
  public KernelMemory memoryOf(
      View gradient, @Nullable Mask mask, View weight, Conv2dParams params, Shape inputShape) {
    Padding padding = params.padding();
    KernelMemory memory =
        hasNoEdges(padding)
            ? phases(gradient.shape(), weight, params, inputShape)
            : padded(gradient.shape(), weight, params, inputShape);
    long bytes = gradient.shape().size() * Float.BYTES;
    if (mask == null) {
      return memory.plus(KernelMemory.scratch(ChannelsLastImage.copyBytes(gradient)));
    }
    if (appliesWhileReading(gradient, mask, weight, params, inputShape)) {
      return memory;
    }
    boolean liesReady = mask.strides()[1] == 1 || mask.shape().dim(1) == 1;
    return memory.plus(KernelMemory.scratch(bytes, liesReady ? 0 : bytes));
  }

  private KernelMemory padded(Shape gradient, View weight, Conv2dParams params, Shape inputShape) {
    Shape whole = params.padding().outputShape("conv2d", inputShape);
    return phases(gradient, weight, params.withPadding(Padding.NONE), whole)
        .plus(KernelMemory.scratch(whole.size() * Float.BYTES));
  }

  /**
   * What the phases take, one after another: all forms, and the scratch memory of the greediest.
   */
  private KernelMemory phases(Shape gradient, View weight, Conv2dParams params, Shape shape) {
    KernelMemory greediest = KernelMemory.NONE;
    List<KernelMemory.Form> forms = new ArrayList<>();
    for (Phase phase : phasesOf(gradient, weight, params, shape)) {
      KernelMemory one =
          phase
              .algorithm(algorithms)
              .memoryOf(shape.dim(0), phase.rows, phase.columns, phase.kernels);
      forms.addAll(one.forms());
      greediest = one.scratchBytes() > greediest.scratchBytes() ? one : greediest;
    }
    return new KernelMemory(greediest.scratch(), forms);
  }

  /** What is computed at once: the image rows and columns of one remainder by the stride. */
  private record Phase(PatchAxis rows, PatchAxis columns, KernelStack kernels) {
    ConvolutionAlgorithm algorithm(ConvolutionAlgorithms algorithms) {
      return algorithms.of(rows, columns, kernels);
    }
  }

  private static List<Phase> phasesOf(
      Shape gradient, View weight, Conv2dParams params, Shape shape) {
    List<PatchAxis> columnPhases = columnPhases(gradient, weight, params, shape);
    List<Phase> phases = new ArrayList<>();
    for (PatchAxis rows : rowPhases(gradient, weight, params, shape)) {
      for (PatchAxis columns : columnPhases) {
        phases.add(new Phase(rows, columns, kernels(weight, params, rows, columns)));
      }
    }
    return phases;
  }

  private static KernelStack kernels(
      View weight, Conv2dParams params, PatchAxis rows, PatchAxis columns) {
    KernelStack.Taps taps = new KernelStack.Taps(rows.taps(), columns.taps());
    return new KernelStack(weight, params.groups(), true, taps);
  }

  private static List<PatchAxis> rowPhases(
      Shape gradient, View weight, Conv2dParams params, Shape shape) {
    return PatchAxis.backward(
        gradient.dim(2),
        shape.dim(2),
        weight.shape().dim(2),
        params.strideY(),
        params.dilationY(),
        params.padding().top());
  }

  private static List<PatchAxis> columnPhases(
      Shape gradient, View weight, Conv2dParams params, Shape shape) {
    return PatchAxis.backward(
        gradient.dim(3),
        shape.dim(3),
        weight.shape().dim(3),
        params.strideX(),
        params.dilationX(),
        params.padding().left());
  }

  private boolean appliesWhileReading(
      View gradient, Mask mask, View weight, Conv2dParams params, Shape inputShape) {
    return weight.shape().dim(0) / params.groups() % MaskBits.GROUP == 0
        && gradient.isChannelsLast()
        && gradient.hasStrides(mask.strides())
        && phasesOf(gradient.shape(), weight, params, inputShape).stream()
            .allMatch(phase -> phase.algorithm(algorithms).appliesMasks());
  }

  private View convolve(
      View gradient,
      @Nullable Mask mask,
      View weight,
      @Nullable View bias,
      Conv2dParams params,
      Shape shape) {
    View result = memory.allocate(DType.FLOAT32, shape, MemoryOrder.CHANNELS_LAST);
    convolve(gradient, mask, weight, bias, params, ImageSink.Activation.NONE, result);
    return result;
  }

  private void convolve(
      View gradient,
      @Nullable Mask mask,
      View weight,
      @Nullable View bias,
      Conv2dParams params,
      ImageSink.Activation activation,
      View result) {
    try (ChannelsLastImage image =
        mask == null
            ? ChannelsLastImage.of(gradient, memory, workers)
            : ChannelsLastImage.masked(gradient, mask)) {
      for (Phase phase : phasesOf(gradient.shape(), weight, params, result.shape())) {
        phase
            .algorithm(algorithms)
            .run(image, phase.rows, phase.columns, phase.kernels, bias, activation, result);
      }
    }
  }
}
