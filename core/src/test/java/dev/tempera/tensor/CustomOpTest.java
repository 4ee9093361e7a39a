package dev.tempera.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tempera.backend.Backends;
import dev.tempera.backend.UnaryOp;
import dev.tempera.op.SumTo;
import dev.tempera.op.Unary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CustomOpTest {
  private TensorScope scope;
  private long liveBefore;

  @BeforeEach
  void open() {
    liveBefore = Backends.current().memory().live();
    scope = TensorScope.open("test");
  }

  @AfterEach
  void closeAndCheckForLeaks() {
    scope.close();
    assertThat(Backends.current().memory().live()).isEqualTo(liveBefore);
  }

  private static final CustomOp ROUND =
      CustomOp.of("roundStraightThrough", in -> Unary.apply(UnaryOp.ROUND, in.get(0)))
          .withGradient(0, (gradient, kept) -> gradient);

  /** x·y with rules of its own. */
  private static final CustomOp PRODUCT =
      CustomOp.of("product", in -> in.get(0).multiply(in.get(1)))
          .keepingInput(0)
          .keepingInput(1)
          .withGradient(0, (gradient, kept) -> gradient.multiply(kept.input(1)))
          .withGradient(1, (gradient, kept) -> gradient.multiply(kept.input(0)));

  /** eˣ, whose slope is its value. */
  private static final CustomOp EXPONENTIAL =
      CustomOp.of("exponential", in -> in.get(0).exp())
          .keepingOutput()
          .withGradient(0, (gradient, kept) -> gradient.multiply(kept.output()));

  @Test
  void theRuleDecidesTheGradient() {
    Tensor x = Tensor.of(new float[] {0.4f, 1.6f}, 2).track();
    Tensor y = ROUND.apply(x);
    assertThat(y.toFloats()).containsExactly(0, 2);
    assertThat(y.multiply(5).sum().backward().of(x).toFloats()).containsExactly(5, 5);
  }

  @Test
  void nothingIsRecordedInside() {
    Tensor x = Tensor.ones(1000).track();
    CustomOp deep =
        CustomOp.of("deep", in -> in.get(0).exp().exp().square())
            .withGradient(0, (gradient, kept) -> gradient);
    long before = Backends.current().memory().storages();
    Tensor y = deep.apply(x);
    assertThat(y.isTracked()).isTrue();
    assertThat(Backends.current().memory().storages()).isEqualTo(before + 1);
  }

  @Test
  void gradientsOfGradientsGoThroughTheRules() {
    Tensor x = Tensor.of(new double[] {0.5, -1}, 2).track();
    Tensor y = Tensor.of(new double[] {2, 3}, 2).track();
    Tensor value = PRODUCT.apply(EXPONENTIAL.apply(x), y).sum();
    Gradients first = value.backward(BackwardMode.DIFFERENTIABLE);
    // ∂/∂x = y·eˣ; of its sum: ∂²/∂x² = y·eˣ, ∂²/∂x∂y = eˣ.
    Gradients second = first.of(x).sum().backward();
    assertThat(second.of(x).toDoubles())
        .containsExactly(new double[] {2 * Math.exp(0.5), 3 * Math.exp(-1)}, within(1e-14));
    assertThat(second.of(y).toDoubles())
        .containsExactly(new double[] {Math.exp(0.5), Math.exp(-1)}, within(1e-14));
  }

  @Test
  void aBroadcastInputIsSummedByItsRule() {
    CustomOp shift =
        CustomOp.of("shift", in -> in.get(0).add(in.get(1)))
            .withGradient(0, (gradient, kept) -> gradient)
            .keepingInput(1)
            .withGradient(1, (gradient, kept) -> SumTo.apply(gradient, kept.input(1).shape()));
    Tensor bias = Tensor.ones(3).track();
    Tensor value = shift.apply(Tensor.ones(2, 3), bias).sum();
    assertThat(value.backward().of(bias).toFloats()).containsExactly(2, 2, 2);
  }

  @Test
  void anInputMayComeBackAsTheOutput() {
    Tensor x = Tensor.ones(2).track();
    CustomOp reversed =
        CustomOp.of("reversedGradient", in -> in.get(0))
            .withGradient(0, (gradient, kept) -> gradient.negate());
    Tensor y = reversed.apply(x);
    assertThat(y.sum().backward().of(x).toFloats()).containsExactly(-1, -1);
  }

  @Test
  void wrongUsesSayWhatIsWrong() {
    Tensor x = Tensor.ones(2, 3).track();
    CustomOp constant = CustomOp.of("constant", in -> in.get(0).multiply(2));
    assertThatThrownBy(() -> constant.apply(x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("constant: input 0 needs a gradient and has no rule");
    assertThat(constant.apply(x.detach()).isTracked()).isFalse();

    CustomOp wrongShape = constant.withGradient(0, (gradient, kept) -> gradient.sum(0));
    assertThatThrownBy(() -> wrongShape.apply(x).sum().backward())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("constant: the rule for input 0 made a gradient of another")
        .hasMessageContaining("float32[2, 3]")
        .hasMessageContaining("float32[3]");

    CustomOp forgetful = constant.withGradient(0, (gradient, kept) -> kept.input(0));
    assertThatThrownBy(() -> forgetful.apply(x).sum().backward())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("input 0 was not kept");
    CustomOp hopeful = constant.withGradient(0, (gradient, kept) -> kept.output());
    assertThatThrownBy(() -> hopeful.apply(x).sum().backward())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the output was not kept");
    assertThatThrownBy(() -> ROUND.withGradient(1, (gradient, kept) -> gradient).apply(x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no input 1");
  }
}
