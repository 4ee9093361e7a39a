package dev.tempera.testkit;

import dev.tempera.backend.AdamParams;
import dev.tempera.backend.Backend;
import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Checks a backend's optimiser updates, which write in place. */
public final class OptimizerConformance {
  private static final AdamParams PARAMS = new AdamParams(0.05, 0.9, 0.99, 1e-6);
  private static final int[][] SHAPES = {{1}, {17}, {1025}, {5, 33}, {2, 5, 7, 3}};
  private static final Tolerance TOLERANCE = Tolerance.elementwise(24).withFloor(1);

  private final Backend backend;
  private final Backend reference;

  /** A comparison of a backend with another that is trusted. */
  public OptimizerConformance(Backend backend, Backend reference) {
    this.backend = backend;
    this.reference = reference;
  }

  /** All checks, for {@code @TestFactory}. */
  public Stream<DynamicTest> tests() {
    return Stream.of(
        DynamicTest.dynamicTest("addScaled", this::addScaled),
        DynamicTest.dynamicTest("adamStep", this::adamStep),
        DynamicTest.dynamicTest("adamStep as PyTorch", this::adamAsPyTorch));
  }

  private void addScaled() {
    Draw draw = Draw.forName("addScaled");
    for (int[] shape : SHAPES) {
      Input target = draw.normal(shape);
      Input direction = draw.normal(shape);
      for (Layout layout : layouts(shape)) {
        for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
          List<Input> inputs = List.of(target, direction);
          List<Numbers> expected = addScaled(reference, inputs, dtype, Layout.DENSE);
          compare("addScaled", addScaled(backend, inputs, dtype, layout), expected, layout);
        }
      }
    }
  }

  private static List<Numbers> addScaled(
      Backend backend, List<Input> inputs, DType dtype, Layout layout) {
    List<Guarded> views = place(backend, inputs, dtype, layout);
    backend.addScaled(views.get(0).view(), views.get(1).view(), -0.3);
    views.get(1).requireUntouched("addScaled direction");
    return finish(views.subList(0, 1), views);
  }

  private void adamStep() {
    Draw draw = Draw.forName("adamStep");
    for (int[] shape : SHAPES) {
      Input parameter = draw.normal(shape);
      Input gradient = draw.normal(shape);
      Input first = draw.normal(shape);
      Input second = draw.uniform(0, 2, shape);
      List<Input> inputs = List.of(parameter, gradient, first, second);
      for (Layout layout : layouts(shape)) {
        for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
          List<Numbers> expected = adamStep(reference, inputs, dtype, Layout.DENSE);
          compare("adamStep", adamStep(backend, inputs, dtype, layout), expected, layout);
        }
      }
    }
  }

  private static List<Numbers> adamStep(
      Backend backend, List<Input> inputs, DType dtype, Layout layout) {
    List<Guarded> views = place(backend, inputs, dtype, layout);
    Guarded gradient = views.get(1);
    backend.adamStep(
        views.get(0).view(), gradient.view(), views.get(2).view(), views.get(3).view(), PARAMS, 3);
    gradient.requireUntouched("adamStep gradient");
    return finish(List.of(views.get(0), views.get(2), views.get(3)), views);
  }

  private void adamAsPyTorch() {
    for (GoldenCase read : GoldenFile.read("adam")) {
      AdamParams params = new AdamParams(read.real(0), read.real(1), read.real(2), read.real(3));
      Input parameter = read.inputs().get(0);
      Shape shape = parameter.shape();
      Input zeros = Input.of(new double[Math.toIntExact(shape.size())], shape.toArray());
      List<Guarded> state =
          place(backend, List.of(parameter, zeros, zeros), DType.FLOAT32, Layout.DENSE);
      for (int step = 1; step < read.inputs().size(); step++) {
        Guarded gradient =
            Guarded.place(backend, read.inputs().get(step), DType.FLOAT32, Layout.DENSE);
        backend.adamStep(
            state.get(0).view(),
            gradient.view(),
            state.get(1).view(),
            state.get(2).view(),
            params,
            step);
        gradient.view().storage().release();
      }
      Numbers result = finish(state.subList(0, 1), state).get(0);
      Tolerance tolerance = TOLERANCE.times(read.inputs().size());
      result.requireClose("adam", read.value().in(DType.FLOAT32), tolerance);
    }
  }

  private static List<Guarded> place(
      Backend backend, List<Input> inputs, DType dtype, Layout layout) {
    return inputs.stream().map(input -> Guarded.place(backend, input, dtype, layout)).toList();
  }

  /** Reads what was updated, checks all zones, and gives everything back. */
  private static List<Numbers> finish(List<Guarded> updated, List<Guarded> all) {
    List<Numbers> results = new ArrayList<>();
    updated.forEach(view -> results.add(view.numbers()));
    all.forEach(view -> view.requireZonesUntouched("optimiser step"));
    all.forEach(view -> view.view().storage().release());
    return results;
  }

  private static List<Layout> layouts(int... lengths) {
    Shape shape = Shape.of(lengths);
    return Stream.of(Layout.values())
        .filter(layout -> layout.suits(shape) && !layout.isStretched())
        .toList();
  }

  private static void compare(
      String what, List<Numbers> actual, List<Numbers> expected, Layout layout) {
    for (int i = 0; i < actual.size(); i++) {
      actual.get(i).requireClose(what + " " + layout + ", result " + i, expected.get(i), TOLERANCE);
    }
  }
}
