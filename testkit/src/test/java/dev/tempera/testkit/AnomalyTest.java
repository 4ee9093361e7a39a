package dev.tempera.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.tensor.Anomaly;
import dev.tempera.tensor.AnomalyException;
import dev.tempera.tensor.BackwardMode;
import dev.tempera.tensor.Checkpoint;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** NaN is found where it is made, and the message names the operation and the call. */
@ExtendWith(LeakCheck.class)
class AnomalyTest {
  private final Backend reference = Backends.named("reference");
  private Backends.Choice choice;
  private TensorScope scope;

  @BeforeEach
  void open() {
    choice = Backends.use(reference);
    scope = TensorScope.open("test");
  }

  @AfterEach
  void close() {
    scope.close();
    choice.close();
  }

  private static Tensor tracked(float... values) {
    return Tensor.of(values, values.length).track();
  }

  @Test
  void aRuleThatMakesAnInfinityIsNamed() {
    AnomalyException found =
        catchThrowableOfType(
            AnomalyException.class,
            () -> {
              try (Anomaly _ = Anomaly.open()) {
                Tensor x = tracked(4, 0, 1);
                Tensor y = x.sqrt();
                y.multiply(3).sum().backward();
              }
            });
    assertThat(found)
        .hasMessageContaining("the gradient rule of squareRoot made")
        .hasMessageContaining("squareRoot, result float32[3]")
        .hasMessageContaining("gradient float32[3], NaN 0, infinite 1, the first at element 1")
        .hasMessageContaining("called  dev.tempera.testkit.AnomalyTest");
    Throwable call = Objects.requireNonNull(found.getCause());
    assertThat(call).hasMessage("squareRoot was called here");
    assertThat(call.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals(AnomalyTest.class.getName()));
  }

  @Test
  void aNanInsideARuleIsReportedAsTheRules() {
    // The slope of the root at 0 is ∞, and of the product 0: 0·∞ inside the rule of the root.
    try (Anomaly _ = Anomaly.open()) {
      Tensor x = tracked(0, 1);
      Tensor loss = x.sqrt().multiply(Tensor.of(new float[] {0, 1}, 2)).sum();
      assertThatThrownBy(loss::backward)
          .isInstanceOf(AnomalyException.class)
          .hasMessageContaining("the gradient rule of squareRoot made")
          .hasMessageContaining("divide made NaN");
    }
  }

  @Test
  void theOperationThatMakesNanIsNamed() {
    try (Anomaly _ = Anomaly.open()) {
      Tensor x = tracked(1, -1, 2);
      assertThatThrownBy(x::log)
          .isInstanceOf(AnomalyException.class)
          .hasMessageContaining("anomaly: log made NaN")
          .hasMessageContaining("result  float32[3], NaN 1, infinite 0, the first at element 1")
          .hasMessageContaining("input 0 float32[3], all finite");
      Tensor huge = Tensor.of(new float[] {100}, 1).exp();
      assertThat(huge.toFloats()).containsExactly(Float.POSITIVE_INFINITY);
      assertThatThrownBy(() -> huge.subtract(huge))
          .hasMessageContaining("subtract made NaN")
          .hasMessageContaining("input 0 float32[1], NaN 0, infinite 1");
    }
  }

  @Test
  void nanThatComesInIsNotMadeHere() {
    try (Anomaly _ = Anomaly.open()) {
      Tensor x = tracked(Float.NaN, 1);
      assertThatCode(() -> x.exp().add(1)).doesNotThrowAnyException();
      Tensor y = tracked(1, 2).exp();
      assertThatThrownBy(
              () -> y.backward(Tensor.of(new float[] {1, Float.NaN}, 2), BackwardMode.RETAIN))
          .hasMessageContaining("the gradient passed to backward is not finite");
    }
  }

  @Test
  void outsideOfASectionNothingIsChecked() {
    try (Anomaly _ = Anomaly.open()) {
      assertThat(tracked(1).isTracked()).isTrue();
    }
    Tensor x = tracked(0, 1);
    assertThat(x.sqrt().sum().backward().of(x).toFloats()[0]).isInfinite();
    Tensor y = x.sqrt().sum();
    try (Anomaly _ = Anomaly.open()) {
      assertThatThrownBy(y::backward)
          .hasMessageContaining("called  outside of Anomaly: open it around the whole");
    }
  }

  @Test
  void anotherThreadIsNotConcerned() throws InterruptedException {
    boolean[] ran = new boolean[1];
    try (Anomaly _ = Anomaly.open()) {
      Thread other =
          new Thread(
              () -> {
                try (Backends.Choice _ = Backends.use(reference);
                    TensorScope _ = TensorScope.open("other")) {
                  ran[0] = Double.isNaN(Tensor.scalar(-1).log().item());
                }
              });
      other.start();
      other.join();
    }
    assertThat(ran[0]).isTrue();
  }

  @Test
  void checkpointedSegmentsAreWatchedToo() {
    try (Anomaly _ = Anomaly.open()) {
      Tensor x = tracked(4, 0);
      Tensor loss = Checkpoint.apply(in -> in.multiply(2).sqrt(), x).sum();
      assertThatThrownBy(loss::backward)
          .isInstanceOf(AnomalyException.class)
          .hasMessageContaining("the gradient rule of squareRoot made");
    }
  }
}
