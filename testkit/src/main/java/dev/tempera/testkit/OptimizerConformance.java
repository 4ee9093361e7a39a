package dev.tempera.testkit;

import dev.tempera.backend.AdamMoments;
import dev.tempera.backend.AdamParams;
import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.backend.RmsPropAverages;
import dev.tempera.backend.RmsPropParams;
import dev.tempera.backend.SgdParams;
import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import dev.tempera.optim.StepRule;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Checks a backend's optimiser updates, which write in place, and its inner products. */
public final class OptimizerConformance {
  private static final int[][] SHAPES = {
    {1}, {17}, {1025}, {5, 33}, {2, 5, 7, 3}, {3, 0}, {70_001}
  };
  private static final Tolerance TOLERANCE = Tolerance.elementwise(24).withFloor(1);
  private static final int STEP = 3;

  private static final List<Update> UPDATES =
      List.of(
          new Update("addScaled", 1, 1, (to, v) -> to.addScaled(v.get(0), v.get(1), -0.3)),
          new Update("combine", 1, 1, (to, v) -> to.combine(v.get(0), 0.7, v.get(1), -0.3)),
          new Update("sgd", 1, 1, (to, v) -> sgd(to, v, new SgdParams(0.1, 0, 0, 0.02, false))),
          new Update(
              "momentum", 2, 1, (to, v) -> sgd(to, v, new SgdParams(0.1, 0.9, 0.2, 0.02, false))),
          new Update(
              "nesterov", 2, 1, (to, v) -> sgd(to, v, new SgdParams(0.1, 0.9, 0, 0.02, true))),
          new Update("adam", 3, 1, OptimizerConformance::adam),
          new Update("amsgrad", 4, 1, OptimizerConformance::adam),
          new Update("rmsprop", 2, 1, (to, v) -> rmsProp(to, v, false, 0)),
          new Update("rmsprop, momentum", 3, 1, (to, v) -> rmsProp(to, v, false, 0.9)),
          new Update("rmsprop, centred", 3, 1, (to, v) -> rmsProp(to, v, true, 0)),
          new Update("rmsprop, both", 4, 1, (to, v) -> rmsProp(to, v, true, 0.9)));

  private final Backend backend;
  private final Backend reference;

  /**
   * An update in place.
   *
   * @param written how many views it updates; they come first
   * @param read how many it only reads
   */
  private record Update(String name, int written, int read, Body body) {
    List<Input> inputs(Draw draw, int... shape) {
      List<Input> inputs = new ArrayList<>();
      inputs.add(draw.normal(shape));
      // The first average is well above the square of the second, from which it may be centred.
      for (int i = 1; i < written; i++) {
        inputs.add(i == 1 ? draw.uniform(6, 8, shape) : draw.uniform(1, 2, shape));
      }
      for (int i = 0; i < read; i++) {
        inputs.add(draw.normal(shape));
      }
      return inputs;
    }
  }

  @FunctionalInterface
  private interface Body {
    void run(Backend backend, List<View> views);
  }

  /** An inner product of the first two views; it may update the first. */
  @FunctionalInterface
  private interface Product {
    double of(Backend backend, List<View> views);
  }

  /** A comparison of a backend with another that is trusted. */
  public OptimizerConformance(Backend backend, Backend reference) {
    this.backend = backend;
    this.reference = reference;
  }

  private static void sgd(Backend to, List<View> views, SgdParams params) {
    View velocity = params.momentum() == 0 ? null : views.get(1);
    for (int step = 1; step <= 2; step++) {
      to.sgdStep(views.getFirst(), views.getLast(), velocity, params, step);
    }
  }

  private static void adam(Backend to, List<View> views) {
    AdamMoments<View> moments =
        new AdamMoments<>(views.get(1), views.get(2), views.size() == 5 ? views.get(3) : null);
    AdamParams params = new AdamParams(0.05, 0.9, 0.99, 1e-6, 0.01, 0.02);
    to.adamStep(views.getFirst(), views.getLast(), moments, params, STEP);
  }

  private static void rmsProp(Backend to, List<View> views, boolean centred, double momentum) {
    RmsPropAverages<View> averages =
        new RmsPropAverages<>(
            views.get(1),
            centred ? views.get(2) : null,
            momentum == 0 ? null : views.get(views.size() - 2));
    RmsPropParams params = new RmsPropParams(0.05, 0.9, 1e-3, momentum, 0.02);
    to.rmsPropStep(views.getFirst(), views.getLast(), averages, params);
  }

  /** All checks, for {@code @TestFactory}. */
  public Stream<DynamicTest> tests() {
    Stream<DynamicTest> updates =
        UPDATES.stream().map(update -> DynamicTest.dynamicTest(update.name(), () -> check(update)));
    Stream<DynamicTest> products =
        Stream.of(
            DynamicTest.dynamicTest("dot", () -> check((to, v) -> to.dot(v.get(0), v.get(1)))),
            DynamicTest.dynamicTest(
                "addScaledDot",
                () -> check((to, v) -> to.addScaledDot(v.get(0), v.get(2), 0.25, v.get(1)))),
            DynamicTest.dynamicTest(
                "addScaledDot with itself",
                () -> check((to, v) -> to.addScaledDot(v.get(0), v.get(2), 0.25, v.get(0)))));
    Stream<DynamicTest> goldens =
        GoldenFile.read("optimizer").stream()
            .map(
                golden ->
                    DynamicTest.dynamicTest(
                        golden.name() + " as PyTorch", () -> checkSteps(golden)));
    return Stream.of(updates, products, goldens).flatMap(tests -> tests);
  }

  private void check(Update update) {
    Draw draw = Draw.forName(update.name());
    for (int[] shape : SHAPES) {
      List<Input> inputs = update.inputs(draw, shape);
      for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
        List<Numbers> expected = run(update, reference, inputs, dtype, Layout.DENSE);
        for (Layout layout : layouts(shape)) {
          List<Numbers> actual = run(update, backend, inputs, dtype, layout);
          for (int i = 0; i < actual.size(); i++) {
            String what = update.name() + " " + layout + ", result " + i;
            actual.get(i).requireClose(what, expected.get(i), TOLERANCE);
          }
        }
      }
    }
  }

  private static List<Numbers> run(
      Update update, Backend backend, List<Input> inputs, DType dtype, Layout layout) {
    List<Guarded> guarded = place(backend, inputs, dtype, layout);
    update.body().run(backend, views(guarded));
    for (Guarded read : guarded.subList(update.written(), guarded.size())) {
      read.requireUntouched(update.name());
    }
    return finish(guarded.subList(0, update.written()), guarded);
  }

  private void check(Product product) {
    Draw draw = Draw.forName("inner product");
    for (int[] shape : SHAPES) {
      List<Input> inputs = List.of(draw.normal(shape), draw.normal(shape), draw.normal(shape));
      for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
        Numbers expected = product(product, reference, inputs, dtype, Layout.DENSE);
        for (Layout layout : layouts(shape)) {
          Numbers actual = product(product, backend, inputs, dtype, layout);
          // Terms of random sign are rounded once each; the sum itself is in double.
          double terms = Math.sqrt((double) Shape.of(shape).size());
          actual.requireClose("product " + layout, expected, TOLERANCE.withFloor(4 * terms));
        }
      }
    }
  }

  /** The inner product, in the type whose rounding errors it has. */
  private static Numbers product(
      Product product, Backend backend, List<Input> inputs, DType dtype, Layout layout) {
    List<Guarded> guarded = place(backend, inputs, dtype, layout);
    double value = product.of(backend, views(guarded));
    finish(List.of(), guarded);
    return new Numbers(dtype, Shape.scalar(), new double[] {value});
  }

  private void checkSteps(GoldenCase golden) {
    StepRule rule = OptimizerGolden.rule(golden);
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      try (Backends.Choice _ = Backends.use(backend);
          TensorScope _ = TensorScope.open(golden.name())) {
        List<Input> inputs = golden.inputs();
        Tensor parameter = Guarded.place(backend, inputs.getFirst(), dtype, Layout.DENSE).tensor();
        StepRule.Stepper stepper = rule.start(parameter);
        for (int step = 1; step < inputs.size(); step++) {
          Tensor gradient = Guarded.place(backend, inputs.get(step), dtype, Layout.DENSE).tensor();
          stepper.step(gradient, step, 1);
        }
        Tolerance tolerance = TOLERANCE.times(dtype == DType.FLOAT64 ? 1e4 : inputs.size());
        Numbers.of(parameter).requireClose(golden.name(), golden.value().in(dtype), tolerance);
      }
    }
  }

  private static List<Guarded> place(
      Backend backend, List<Input> inputs, DType dtype, Layout layout) {
    return inputs.stream().map(input -> Guarded.place(backend, input, dtype, layout)).toList();
  }

  private static List<View> views(List<Guarded> guarded) {
    return guarded.stream().map(Guarded::view).toList();
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
}
