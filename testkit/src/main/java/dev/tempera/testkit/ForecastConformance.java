package dev.tempera.testkit;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.backend.MemoryStatistics;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import dev.tempera.forecast.NullBackend;
import dev.tempera.tensor.BackwardMode;
import dev.tempera.tensor.Gradients;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/**
 * Compares what a backend holds with what is forecast for it, op by op and sample by sample: types,
 * shapes, memory orders and block sizes of results and gradients, and the bytes held after the
 * forward and the backward pass, all of them exactly; for large samples also the peak.
 */
public final class ForecastConformance {
  /** How far a forecast of the peak may be off, as a share of it. */
  private static final double PEAK_TOLERANCE = 0.1;

  /** Buffers of this size and less need not be forecast. */
  private static final long SMALL_BUFFERS = 1 << 20;

  private final Supplier<Backend> backends;

  /**
   * A comparison.
   *
   * @param backends starts backends that hold nothing yet
   */
  public ForecastConformance(Supplier<Backend> backends) {
    this.backends = backends;
  }

  /** One test for each specification, for {@code @TestFactory}. */
  public Stream<DynamicNode> tests(List<OpSpec<?>> specs) {
    return specs.stream().map(this::testsOf);
  }

  private <P> DynamicNode testsOf(OpSpec<P> spec) {
    Draw draw = Draw.forName(spec.name());
    return DynamicContainer.dynamicContainer(
        spec.name(),
        Stream.concat(
            spec.samples(draw).stream()
                .map(
                    sample ->
                        DynamicTest.dynamicTest(sample.name(), () -> checkLayouts(spec, sample))),
            spec.largeSamples(draw).stream()
                .map(
                    sample ->
                        DynamicTest.dynamicTest(
                            "peak of " + sample.name(), () -> checkPeak(spec, sample)))));
  }

  private <P> void checkLayouts(OpSpec<P> spec, Sample<P> sample) {
    Backend backend = backends.get();
    try {
      for (Layout layout : List.of(Layout.DENSE, Layout.TRANSPOSED, Layout.CHANNELS_LAST)) {
        if (sample.inputs().stream().allMatch(input -> layout.suits(input.shape()))) {
          requireEqual(spec, sample, layout, backend, NullBackend.like(backend));
        }
      }
    } finally {
      close(backend);
    }
  }

  private <P> void checkPeak(OpSpec<P> spec, Sample<P> sample) {
    Backend backend = backends.get();
    try {
      NullBackend counting = NullBackend.like(backend);
      requireEqual(spec, sample, Layout.DENSE, backend, counting);
      long held = backend.memory().peak();
      long forecast = counting.memory().peak();
      if (Math.abs(forecast - held) > PEAK_TOLERANCE * held + SMALL_BUFFERS) {
        throw new AssertionError(
            spec.name()
                + " "
                + sample.name()
                + ": the peak is forecast as "
                + forecast
                + " bytes and is "
                + held);
      }
    } finally {
      close(backend);
    }
  }

  private static void close(Backend backend) {
    if (backend instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new AssertionError("a backend does not close", e);
      }
    }
  }

  private static <P> void requireEqual(
      OpSpec<P> spec, Sample<P> sample, Layout layout, Backend backend, Backend counting) {
    String held = run(spec, sample, layout, backend);
    String forecast = run(spec, sample, layout, counting);
    if (!forecast.equals(held)) {
      throw new AssertionError(
          spec.name()
              + " "
              + sample.name()
              + ", "
              + layout
              + ": the forecast is wrong\n"
              + forecast
              + "it is\n"
              + held);
    }
  }

  /** Runs forward and backward; a line for each result and for what is held after each pass. */
  private static <P> String run(OpSpec<P> spec, Sample<P> sample, Layout layout, Backend backend) {
    StringBuilder lines = new StringBuilder();
    try (Backends.Choice _ = Backends.use(backend);
        TensorScope _ = TensorScope.open(spec.name())) {
      List<Tensor> operands = new ArrayList<>();
      for (Input input : sample.inputs()) {
        Tensor operand = place(input, layout, backend);
        boolean tracked = spec.isDifferentiable() && input.isFloating();
        operands.add(tracked ? operand.track() : operand);
      }
      Tensor y = spec.apply(sample.parameters(), operands);
      lines.append(line("result", y.view())).append(held("forward", backend));
      if (y.isTracked()) {
        Tensor seed = Tensor.filled(y.dtype(), y.shape(), 1);
        Gradients gradients = y.backward(seed, BackwardMode.CONSUME);
        for (int i = 0; i < operands.size(); i++) {
          if (gradients.has(operands.get(i))) {
            lines.append(line("gradient of input " + i, gradients.of(operands.get(i)).view()));
          }
        }
        lines.append(held("backward", backend));
      }
    }
    return lines.toString();
  }

  /** An operand whose elements lie as the layout says in a block of their own. */
  private static Tensor place(Input input, Layout layout, Backend backend) {
    Shape shape = input.shape();
    long[] strides = layout.strides(shape);
    long elements = 1;
    for (int axis = 0; axis < strides.length; axis++) {
      elements += strides[axis] * Math.max(shape.dim(axis) - 1, 0);
    }
    DType dtype = input.dtype(DType.FLOAT32);
    double[] values = new double[Math.toIntExact(elements)];
    double[] own = input.values();
    System.arraycopy(own, 0, values, 0, Math.min(own.length, values.length));
    View block =
        backend.allocate(dtype, Shape.of(Math.toIntExact(elements)), MemoryOrder.ROW_MAJOR);
    backend.upload(MemorySegment.ofArray(ElementCodec.encode(values, dtype)), block);
    return Tensor.of(backend, View.of(block.storage(), dtype, shape, strides, 0));
  }

  private static String line(String what, View view) {
    long[] strides = view.strides();
    for (int axis = 0; axis < strides.length; axis++) {
      // Along an axis of one element, and where there is none, the stride means nothing.
      boolean counts = view.shape().dim(axis) > 1 && view.shape().size() > 0;
      strides[axis] = counts ? strides[axis] : 0;
    }
    return "  "
        + what
        + " "
        + view.dtype()
        + view.shape()
        + " strides "
        + Arrays.toString(strides)
        + " on "
        + view.storage().byteSize()
        + " bytes\n";
  }

  private static String held(String pass, Backend backend) {
    MemoryStatistics memory = backend.memory();
    return "  after "
        + pass
        + ": "
        + memory.live()
        + " bytes in "
        + memory.storages()
        + " blocks\n";
  }
}
