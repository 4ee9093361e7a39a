package dev.tempera.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.backend.Backends;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChosenGradientsTest {
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

  private static Tensor tracked(float... values) {
    return Tensor.of(values, values.length).track();
  }

  private static Gradients gradients(Tensor value, Tensor... wanted) {
    return value.backward(value.filledLike(1), BackwardMode.RETAIN, List.of(wanted));
  }

  @Test
  void onlyChosenTensorsHaveGradients() {
    Tensor x = tracked(1, 2);
    Tensor y = tracked(3, 4);
    Gradients gradients = gradients(x.multiply(y), y);
    assertThat(gradients.of(y).toFloats()).containsExactly(1, 2);
    assertThat(gradients.has(x)).isFalse();
  }

  @Test
  void resultsOfOperationsCanBeChosen() {
    Tensor x = tracked(1, 2);
    Tensor squared = x.square();
    Tensor value = squared.multiply(3).add(x);
    Gradients gradients = gradients(value, squared, x, value);
    assertThat(gradients.of(value).toFloats()).containsExactly(1, 1);
    assertThat(gradients.of(squared).toFloats()).containsExactly(3, 3);
    assertThat(gradients.of(x).toFloats()).containsExactly(7, 13);
  }

  @Test
  void rulesOffTheWayAreNotRun() {
    AtomicInteger runs = new AtomicInteger();
    CustomOp counting =
        CustomOp.of("counting", in -> in.get(0).multiply(1))
            .withGradient(
                0,
                (gradient, kept) -> {
                  runs.incrementAndGet();
                  return gradient;
                });
    Tensor x = tracked(1, 2);
    Tensor y = tracked(3, 4);
    Tensor value = counting.apply(x).multiply(y);
    gradients(value, y);
    assertThat(runs).hasValue(0);
    gradients(value, x);
    assertThat(runs).hasValue(1);
  }

  @Test
  void consumingGivesBackOnlyWhatWasWalked() {
    Tensor x = tracked(1, 2);
    Tensor y = tracked(3, 4);
    Tensor left = x.square();
    Tensor value = left.add(y.square());
    value.backward(value.filledLike(1), BackwardMode.CONSUME, List.of(y));
    assertThat(left.backward(left.filledLike(1), BackwardMode.CONSUME).of(x).toFloats())
        .containsExactly(2, 4);
  }

  @Test
  void zerosStandForWhatIsNotReached() {
    Tensor x = tracked(1, 2);
    Tensor other = tracked(5, 6, 7);
    Gradients gradients = gradients(x.square(), x, other);
    assertThat(gradients.has(other)).isFalse();
    assertThat(gradients.ofOrZeros(other).toFloats()).containsExactly(0, 0, 0);
    assertThat(gradients.ofOrZeros(x)).isSameAs(gradients.of(x));
    assertThatThrownBy(() -> gradients.of(other))
        .hasMessageContaining("the differentiated value does not depend on it");
    assertThatThrownBy(() -> gradients.ofOrZeros(Tensor.ones(1)))
        .hasMessageContaining("it was not tracked");
  }

  @Test
  void anUntrackedTensorCannotBeChosen() {
    Tensor x = tracked(1, 2);
    Tensor constant = Tensor.ones(2);
    assertThatThrownBy(() -> gradients(x.square(), constant))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not tracked")
        .hasMessageContaining("float32[2]");
  }

  @Test
  void gradientsDoNotFlowThroughADetachedTensor() {
    Tensor x = tracked(1, 2);
    // y = x·stop(x²) has the slope stop(x²), not 3·x².
    Tensor value = x.multiply(x.square().detach());
    assertThat(gradients(value, x).of(x).toFloats()).containsExactly(1, 4);
    assertThat(x.square().detach().isTracked()).isFalse();
  }
}
