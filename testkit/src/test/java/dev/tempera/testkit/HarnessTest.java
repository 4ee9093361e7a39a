package dev.tempera.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.backend.UnaryOp;
import dev.tempera.data.DType;
import dev.tempera.data.HostStorage;
import dev.tempera.data.View;
import dev.tempera.op.Unary;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.spec.UnarySpec;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The harnesses find faults that are planted. */
class HarnessTest {
  private static final UnarySpec SPEC = new UnarySpec(UnaryOp.EXP);
  private static final Sample<UnarySpec.Parameters> SAMPLE =
      Sample.of("planted", new UnarySpec.Parameters(0, 0), new Draw(1).normal(5, 7));

  private final Backend reference = Backends.named("reference");

  /** What is done to the operand and the result of a unary function. */
  @FunctionalInterface
  private interface Fault {
    void at(View operand, View result);
  }

  /** The reference backend with a fault in its unary functions. */
  private Backend with(Fault fault) {
    return (Backend)
        Proxy.newProxyInstance(
            Backend.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, arguments) -> {
              Object result = method.invoke(reference, arguments);
              if (method.getName().equals("unary")) {
                fault.at((View) arguments[1], (View) result);
              }
              return result;
            });
  }

  @Test
  void wrongValuesAreFound() {
    Backend wrong = with((operand, result) -> set(result, 3, 1.25f));
    assertThatThrownBy(() -> new Conformance(wrong, reference).check(SPEC, SAMPLE))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("unary EXP planted, dense: value: differs at element 3");
    assertThatThrownBy(() -> new Determinism(List.of(reference, wrong)).check(SPEC))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("differs at element 3");
  }

  private static void set(View view, long index, float value) {
    if (view.dtype() == DType.FLOAT32 && view.storage().byteSize() > index * Float.BYTES) {
      ((HostStorage) view.storage())
          .segment()
          .setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, index, value);
    }
  }

  @Test
  void writesIntoOperandsAndAroundThemAreFound() {
    for (int place : new int[] {0, -1, 35}) {
      Backend careless = with((operand, result) -> set(operand, operand.offset() + place, 42));
      assertThatThrownBy(() -> SampleRun.of(SPEC, SAMPLE, careless).run())
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("memory was written to that does not belong to the result")
          .hasMessageContaining("element " + place + " counted from its first");
    }
  }

  @Test
  void leaksAreFound() {
    Backend leaking = with((operand, result) -> result.storage().retain());
    assertThatThrownBy(() -> SampleRun.of(SPEC, SAMPLE, leaking).run())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("unary EXP: 1 storages were not given back");
  }

  /** An exponential whose rule forgets a factor. */
  private record WrongRule(double factor) implements OpSpec<UnarySpec.Parameters> {
    @Override
    public String name() {
      return "wrong rule";
    }

    @Override
    public Class<?> operation() {
      return Unary.class;
    }

    @Override
    public List<Sample<UnarySpec.Parameters>> samples(Draw draw) {
      return List.of(SAMPLE);
    }

    @Override
    public List<Sample<UnarySpec.Parameters>> largeSamples(Draw draw) {
      return List.of();
    }

    @Override
    public List<ErrorSample> errors() {
      return List.of();
    }

    @Override
    public Tensor apply(UnarySpec.Parameters parameters, List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      Recording recording = Recording.of("wrong", x);
      View y = recording.backend().unary(UnaryOp.EXP, x.view(), 0, 0);
      return recording.result(y, (gradient, into) -> into.add(0, () -> gradient.multiply(factor)));
    }

    @Override
    public Tolerance tolerance(Sample<UnarySpec.Parameters> sample) {
      return Tolerance.EXACT;
    }
  }

  @Test
  void wrongRulesAreFound() {
    GradCheck<?> check = GradCheck.of(new WrongRule(2), SAMPLE, reference);
    assertThatThrownBy(check::firstOrder)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("wrong rule planted: the gradient disagrees");
  }
}
