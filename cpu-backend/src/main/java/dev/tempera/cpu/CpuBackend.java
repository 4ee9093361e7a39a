package dev.tempera.cpu;

import dev.tempera.backend.Activated;
import dev.tempera.backend.AdamParams;
import dev.tempera.backend.AxisWeights;
import dev.tempera.backend.Backend;
import dev.tempera.backend.BinaryOp;
import dev.tempera.backend.CompareOp;
import dev.tempera.backend.Conv2dEpilogue;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.MemoryStatistics;
import dev.tempera.backend.Padding;
import dev.tempera.backend.Pool2dParams;
import dev.tempera.backend.ReduceOp;
import dev.tempera.backend.UnaryOp;
import dev.tempera.cpu.convolution.CpuConv2d;
import dev.tempera.cpu.convolution.CpuConv2dGradInput;
import dev.tempera.cpu.convolution.CpuConv2dGradWeight;
import dev.tempera.cpu.image.CpuAvgPool2d;
import dev.tempera.cpu.image.CpuMaxPool2d;
import dev.tempera.cpu.image.CpuPad2d;
import dev.tempera.cpu.image.CpuResample;
import dev.tempera.cpu.kernel.CpuArgmax;
import dev.tempera.cpu.kernel.CpuCopy;
import dev.tempera.cpu.kernel.CpuElementwise;
import dev.tempera.cpu.kernel.CpuGram;
import dev.tempera.cpu.kernel.CpuMatmul;
import dev.tempera.cpu.kernel.CpuOptimizer;
import dev.tempera.cpu.kernel.CpuReduce;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.Lanes;
import dev.tempera.data.DType;
import dev.tempera.data.Device;
import dev.tempera.data.Mask;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import dev.tempera.reference.ReferenceBackend;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The backend for main processors: float32 on vector kernels and several threads. float64, which is
 * for checking, runs on the plain loops of the reference backend.
 */
public final class CpuBackend implements Backend, AutoCloseable {
  private final CpuOptions options;
  private final CpuMemory memory;
  private final Workers workers;
  private final Backend doubles = new ReferenceBackend();
  private final CpuCopy copy;
  private final CpuElementwise elementwise;
  private final CpuReduce reduce;
  private final CpuArgmax argmax;
  private final CpuOptimizer optimizer;
  private final CpuMatmul matmul;
  private final CpuGram gram;
  private final CpuConv2d conv2d;
  private final CpuConv2dGradInput conv2dGradInput;
  private final CpuConv2dGradWeight conv2dGradWeight;
  private final CpuMaxPool2d maxPool2d;
  private final CpuAvgPool2d avgPool2d;
  private final CpuResample resample;
  private final CpuPad2d pad2d;

  /** Starts the backend and its threads. */
  public CpuBackend(CpuOptions options) {
    this(options, new CpuMemory());
  }

  /** Starts the backend on memory of its own kind. */
  CpuBackend(CpuOptions options, CpuMemory memory) {
    this.options = options;
    this.memory = memory;
    this.workers = new Workers(options.threads());
    this.copy = new CpuCopy(memory, workers);
    this.elementwise = new CpuElementwise(memory, workers, copy);
    this.reduce = new CpuReduce(memory, workers, copy);
    this.argmax = new CpuArgmax(memory, workers);
    this.optimizer = new CpuOptimizer(memory, workers, copy);
    this.matmul = new CpuMatmul(memory, workers);
    this.gram = new CpuGram(matmul);
    this.conv2d = new CpuConv2d(memory, workers, elementwise);
    this.conv2dGradInput = new CpuConv2dGradInput(memory, workers);
    this.maxPool2d = new CpuMaxPool2d(memory, workers);
    this.avgPool2d = new CpuAvgPool2d(memory, workers);
    this.resample = new CpuResample(memory, workers);
    this.pad2d = new CpuPad2d(memory, workers, copy);
    this.conv2dGradWeight = new CpuConv2dGradWeight(memory, workers);
  }

  /** Whether windows have more places than a byte can tell apart. */
  private static boolean isWide(Pool2dParams params) {
    return params.kernelY() * params.kernelX() > 256;
  }

  private static boolean isDouble(View x) {
    return x.dtype() == DType.FLOAT64;
  }

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public Device device() {
    return Device.HOST;
  }

  @Override
  public String description() {
    return describe(options);
  }

  static String describe(CpuOptions options) {
    return System.getProperty("os.arch")
        + ", vectors of "
        + Lanes.BYTES * Byte.SIZE
        + " bits, "
        + options.threads()
        + (options.threads() == 1 ? " thread" : " threads");
  }

  /** Ends the threads. Loops started later run in the calling thread alone. */
  @Override
  public void close() {
    workers.close();
  }

  @Override
  public View unary(UnaryOp op, View x, double a, double b) {
    return isDouble(x) ? doubles.unary(op, x, a, b) : elementwise.unary(op, x, a, b);
  }

  @Override
  public View binary(BinaryOp op, View a, View b) {
    return isDouble(a) ? doubles.binary(op, a, b) : elementwise.binary(op, a, b);
  }

  @Override
  public View compare(CompareOp op, View a, View b) {
    return isDouble(a) ? doubles.compare(op, a, b) : elementwise.compare(op, a, b);
  }

  @Override
  public View where(View condition, View a, View b) {
    return isDouble(a) ? doubles.where(condition, a, b) : elementwise.where(condition, a, b);
  }

  @Override
  public Activated relu(View x, boolean keepMask) {
    return isDouble(x) ? doubles.relu(x, keepMask) : elementwise.relu(x, keepMask);
  }

  @Override
  public View applyMask(View gradient, Mask mask) {
    return isDouble(gradient)
        ? doubles.applyMask(gradient, mask)
        : elementwise.applyMask(gradient, mask);
  }

  @Override
  public View reduce(ReduceOp op, View x, int[] axes) {
    return isDouble(x) ? doubles.reduce(op, x, axes) : reduce.reduce(op, x, axes);
  }

  @Override
  public View argmax(View x, int axis) {
    return isDouble(x) ? doubles.argmax(x, axis) : argmax.argmax(x, axis);
  }

  @Override
  public View matmul(View a, View b) {
    return isDouble(a) ? doubles.matmul(a, b) : matmul.matmul(a, b);
  }

  @Override
  public View gram(View features) {
    return isDouble(features) ? doubles.gram(features) : gram.gram(features);
  }

  @Override
  public Activated conv2d(View x, View weight, Conv2dParams params, Conv2dEpilogue epilogue) {
    return isDouble(x)
        ? doubles.conv2d(x, weight, params, epilogue)
        : conv2d.conv2d(x, weight, params, epilogue);
  }

  @Override
  public View conv2dGradInput(
      View gradient, @Nullable Mask mask, View weight, Conv2dParams params, Shape inputShape) {
    return isDouble(gradient)
        ? doubles.conv2dGradInput(gradient, mask, weight, params, inputShape)
        : conv2dGradInput.gradInput(this, gradient, mask, weight, params, inputShape);
  }

  @Override
  public View conv2dGradWeight(View x, View gradient, Conv2dParams params, Shape weightShape) {
    return isDouble(x)
        ? doubles.conv2dGradWeight(x, gradient, params, weightShape)
        : conv2dGradWeight.gradWeight(x, gradient, params, weightShape);
  }

  @Override
  public Pooled maxPool2d(View x, Pool2dParams params) {
    return isDouble(x) || isWide(params)
        ? doubles.maxPool2d(x, params)
        : maxPool2d.maxPool2d(x, params);
  }

  @Override
  public View maxPool2dGrad(View gradient, View position, Pool2dParams params, Shape inputShape) {
    return isDouble(gradient) || isWide(params)
        ? doubles.maxPool2dGrad(gradient, position, params, inputShape)
        : maxPool2d.gradient(gradient, position, params, inputShape);
  }

  @Override
  public View maxPool2dPick(View x, View position, Pool2dParams params) {
    return isDouble(x) || isWide(params)
        ? doubles.maxPool2dPick(x, position, params)
        : maxPool2d.pick(x, position, params);
  }

  @Override
  public View avgPool2d(View x, Pool2dParams params) {
    return isDouble(x) ? doubles.avgPool2d(x, params) : avgPool2d.avgPool2d(x, params);
  }

  @Override
  public View avgPool2dGrad(View gradient, Pool2dParams params, Shape inputShape) {
    return isDouble(gradient)
        ? doubles.avgPool2dGrad(gradient, params, inputShape)
        : avgPool2d.gradient(gradient, params, inputShape);
  }

  @Override
  public View resample2d(View x, AxisWeights rows, AxisWeights columns) {
    if (isDouble(x)) {
      return doubles.resample2d(x, rows, columns);
    }
    if (x.isChannelsLast() || x.isRowMajor()) {
      return resample.resample2d(x, rows, columns);
    }
    View dense = contiguous(x, MemoryOrder.ROW_MAJOR);
    View result = resample.resample2d(dense, rows, columns);
    dense.storage().release();
    return result;
  }

  @Override
  public View pad2d(View x, Padding padding) {
    return isDouble(x) ? doubles.pad2d(x, padding) : pad2d.pad2d(x, padding);
  }

  @Override
  public View pad2dGrad(View gradient, Padding padding, Shape inputShape) {
    return isDouble(gradient)
        ? doubles.pad2dGrad(gradient, padding, inputShape)
        : pad2d.gradient(gradient, padding, inputShape);
  }

  @Override
  public void addScaled(View target, View direction, double scale) {
    if (isDouble(target)) {
      doubles.addScaled(target, direction, scale);
    } else {
      optimizer.addScaled(target, direction, scale);
    }
  }

  @Override
  public void adamStep(
      View parameter,
      View gradient,
      View firstMoment,
      View secondMoment,
      AdamParams params,
      int step) {
    if (isDouble(parameter)) {
      doubles.adamStep(parameter, gradient, firstMoment, secondMoment, params, step);
    } else {
      optimizer.adamStep(parameter, gradient, firstMoment, secondMoment, params, step);
    }
  }

  @Override
  public View allocate(DType dtype, Shape shape, MemoryOrder order) {
    return memory.allocate(dtype, shape, order);
  }

  @Override
  public void fill(View target, double value) {
    copy.fill(target, value);
  }

  @Override
  public void assign(View target, View source) {
    copy.assign(target, source);
  }

  @Override
  public void upload(MemorySegment source, View target) {
    copy.upload(source, target);
  }

  @Override
  public void download(View source, MemorySegment target) {
    copy.download(source, target);
  }

  @Override
  public MemoryStatistics memory() {
    MemoryStatistics own = memory.statistics();
    MemoryStatistics inDoubles = doubles.memory();
    return new MemoryStatistics(
        own.live() + inDoubles.live(),
        own.peak() + inDoubles.peak(),
        own.reserved() + inDoubles.reserved(),
        own.storages() + inDoubles.storages(),
        own.systemAllocations() + inDoubles.systemAllocations());
  }
}
