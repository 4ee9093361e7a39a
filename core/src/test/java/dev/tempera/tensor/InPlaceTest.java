package dev.tempera.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.optim.Adam;
import dev.tempera.optim.Evaluation;
import dev.tempera.optim.Lbfgs;
import dev.tempera.optim.LbfgsOptions;
import dev.tempera.optim.Minimizer;
import dev.tempera.optim.Sgd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InPlaceTest {
  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = TensorScope.open("test");
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @Test
  void optimizersRefuseAGradientOfAnotherShape() {
    for (Minimizer minimizer :
        new Minimizer[] {
          Sgd.withLearningRate(0.1).minimizer(),
          Sgd.withLearningRate(0.1).momentum(0.9).minimizer(),
          Adam.withLearningRate(0.1).minimizer()
        }) {
      Tensor point = Tensor.ones(1000);
      assertThatThrownBy(
              () -> minimizer.minimize(point, at -> new Evaluation(1, Tensor.ones(3)), 2))
          .isInstanceOf(ShapeException.class)
          .hasMessageContaining("[1000]")
          .hasMessageContaining("[3]");
      assertThat(point.toFloats()).containsOnly(1);
    }
  }

  @Test
  void optimizersRefuseAClosedGradient() {
    Tensor closed = Tensor.ones(3);
    closed.close();
    for (Minimizer minimizer :
        new Minimizer[] {
          Sgd.withLearningRate(0.1).minimizer(),
          Adam.withLearningRate(0.1).minimizer(),
          new Lbfgs(LbfgsOptions.DEFAULT)
        }) {
      Tensor point = Tensor.ones(3);
      assertThatThrownBy(() -> minimizer.minimize(point, at -> new Evaluation(1, closed), 2))
          .isInstanceOf(RuntimeException.class);
      assertThat(point.toFloats()).containsOnly(1);
    }
    assertThatThrownBy(() -> InPlace.addScaled(Tensor.ones(3), closed, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("addScaled: the tensor is closed");
  }

  @Test
  void scaledAdditionRefusesAnotherTypeAndOverlap() {
    Tensor target = Tensor.ones(3);
    Tensor doubles = Tensor.filled(DType.FLOAT64, Shape.of(3), 1);
    assertThatThrownBy(() -> InPlace.addScaled(target, doubles, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rule    equal types");
    Tensor square = Tensor.ones(2, 2);
    assertThatThrownBy(() -> InPlace.addScaled(square, square.transpose(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("same memory");
  }

  @Test
  void assignmentRefusesABroadcastTarget() {
    Tensor row = Tensor.of(new float[] {1, 2}, 1, 2);
    assertThatThrownBy(() -> row.expand(3, 2).assign(Tensor.zeros(3, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("repeats one element along axis 0");
    assertThat(row.toFloats()).containsExactly(1, 2);
  }

  @Test
  void assignmentFromAnOverlappingViewReadsTheOldValues() {
    Tensor square = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
    square.assign(square.transpose());
    assertThat(square.toFloats()).containsExactly(1, 3, 2, 4);
    Tensor line = Tensor.of(new float[] {1, 2, 3, 4}, 4);
    line.slice(0, 1, 4).assign(line.slice(0, 0, 3));
    assertThat(line.toFloats()).containsExactly(1, 1, 2, 3);
  }

  @Test
  void assignmentConvertsTypes() {
    Tensor target = Tensor.zeros(2);
    target.assign(Tensor.of(new double[] {1.5, -2}, 2));
    assertThat(target.toFloats()).containsExactly(1.5f, -2);
  }

  @Test
  void assignmentRefusesAFrozenTarget() {
    Tensor frozen = Tensor.ones(2).freeze();
    assertThatThrownBy(() -> frozen.assign(Tensor.zeros(2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("frozen");
  }
}
