package dev.tempera.testkit;

import dev.tempera.backend.Backend;
import dev.tempera.backend.BinaryOp;
import dev.tempera.backend.UnaryOp;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Checks what a backend does with existing memory: filling, copying, converting, moving. */
public final class MemoryConformance {
  private static final List<Shape> SHAPES =
      List.of(
          Shape.scalar(),
          Shape.of(1),
          Shape.of(17),
          Shape.of(5, 33),
          Shape.of(0, 3),
          Shape.of(2, 5, 7, 3),
          Shape.of(1, 17, 3, 5));

  /** Layouts in which every element has a place of its own, so that it can be written. */
  private static final Set<Layout> WRITABLE =
      EnumSet.complementOf(EnumSet.of(Layout.FIRST_AXIS_STRETCHED, Layout.LAST_AXIS_STRETCHED));

  private final Backend backend;

  /** Checks of a backend. */
  public MemoryConformance(Backend backend) {
    this.backend = backend;
  }

  /** All checks, for {@code @TestFactory}. */
  public Stream<DynamicTest> tests() {
    return Stream.concat(
        Stream.of(
            test("fill", this::fill),
            test("upload and download", this::uploadAndDownload),
            test("assign from every layout", this::assignFromEveryLayout),
            test("elementwise results keep the memory order", this::keepMemoryOrder)),
        Arrays.stream(DType.values())
            .map(from -> DynamicTest.dynamicTest("convert " + from, () -> convert(from))));
  }

  private static DynamicTest test(String name, BiConsumer<Shape, Layout> check) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          for (Shape shape : SHAPES) {
            for (Layout layout : WRITABLE) {
              if (layout.suits(shape)) {
                check.accept(shape, layout);
              }
            }
          }
        });
  }

  private void fill(Shape shape, Layout layout) {
    for (DType dtype : DType.values()) {
      Guarded target = place(dtype, counting(dtype, shape), shape, layout);
      backend.fill(target.view(), 1);
      double[] ones = new double[Math.toIntExact(shape.size())];
      Arrays.fill(ones, 1);
      check("fill", target, ones, layout);
    }
  }

  private void uploadAndDownload(Shape shape, Layout layout) {
    for (DType dtype : DType.values()) {
      double[] values = counting(dtype, shape);
      byte[] bytes = ElementCodec.encode(values, dtype);
      Guarded target = place(dtype, new double[values.length], shape, layout);
      backend.upload(MemorySegment.ofArray(bytes), target.view());
      byte[] back = new byte[bytes.length];
      backend.download(target.view(), MemorySegment.ofArray(back));
      require("download", Arrays.equals(bytes, back), dtype, shape, layout);
      check("upload", target, ElementCodec.decode(bytes, dtype), layout);
    }
  }

  private void assignFromEveryLayout(Shape shape, Layout layout) {
    for (Layout from : Layout.values()) {
      if (from.suits(shape)) {
        Input values = from.adapt(Input.of(counting(DType.FLOAT32, shape), shape.toArray()));
        Guarded source = Guarded.place(backend, values, DType.FLOAT32, from);
        Guarded target = place(DType.FLOAT32, new double[values.values().length], shape, layout);
        backend.assign(target.view(), source.view());
        source.requireUntouched("assign source " + from);
        source.view().storage().release();
        check("assign from " + from, target, values.values(), layout);
      }
    }
  }

  private void keepMemoryOrder(Shape shape, Layout layout) {
    Guarded operand = place(DType.FLOAT32, counting(DType.FLOAT32, shape), shape, layout);
    View x = operand.view();
    View number = backend.filled(DType.FLOAT32, Shape.scalar(), 2);
    View stretched = number.expand(shape);
    View unary = backend.unary(UnaryOp.NEGATE, x, 0, 0);
    View left = backend.binary(BinaryOp.ADD, x, stretched);
    View right = backend.binary(BinaryOp.ADD, stretched, x);
    for (View result : List.of(unary, left, right)) {
      View expected = View.of(result.storage(), result.dtype(), shape, x.denseStridesLikeThis(), 0);
      boolean same = result.toString().equals(expected.toString());
      require("memory order", same || shape.size() <= 1, x.dtype(), shape, layout);
      result.storage().release();
    }
    number.storage().release();
    x.storage().release();
  }

  /** Converts from one type to all, into every memory order. */
  private void convert(DType from) {
    double[] values = {0, 1, 2, 3.75, 100.5, 127, 0.4, 64};
    Shape shape = Shape.of(2, 2, 1, 2);
    double[] held = ElementCodec.decode(ElementCodec.encode(values, from), from);
    for (DType to : DType.values()) {
      for (MemoryOrder order : MemoryOrder.values()) {
        Guarded source = place(from, values, shape, Layout.ROWS_APART);
        View converted = backend.converted(source.view(), to, order);
        byte[] bytes = new byte[values.length * to.byteSize()];
        backend.download(converted, MemorySegment.ofArray(bytes));
        double[] expected = ElementCodec.decode(ElementCodec.encode(held, to), to);
        boolean same = Arrays.equals(ElementCodec.decode(bytes, to), expected);
        require("convert from " + from, same, to, shape, Layout.ROWS_APART);
        converted.storage().release();
        source.view().storage().release();
      }
    }
  }

  private Guarded place(DType dtype, double[] values, Shape shape, Layout layout) {
    Input input = Input.of(dtype, values, shape.toArray());
    return Guarded.place(backend, input, dtype, layout);
  }

  private static void check(String what, Guarded target, double[] expected, Layout layout) {
    target.requireZonesUntouched(what);
    View view = target.view();
    boolean same = Arrays.equals(target.numbers().values(), expected);
    require(what, same, view.dtype(), view.shape(), layout);
    view.storage().release();
  }

  private static void require(String what, boolean holds, DType dtype, Shape shape, Layout layout) {
    if (!holds) {
      throw new AssertionError(what + ": wrong elements in " + dtype + shape + " " + layout);
    }
  }

  /** Whole numbers that the type holds and that tell places apart. */
  private static double[] counting(DType dtype, Shape shape) {
    double[] values = new double[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = dtype == DType.BOOL ? Integer.bitCount(i) % 2 : i % 97;
    }
    return values;
  }
}
