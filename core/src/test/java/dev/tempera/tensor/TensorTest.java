package dev.tempera.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.backend.Backends;
import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.reference.ReferenceBackend;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TensorTest {
  private final ReferenceBackend backend = new ReferenceBackend();
  private Backends.Choice choice = () -> {};
  private final TensorScope scope = TensorScope.open("test");

  @BeforeEach
  void open() {
    choice = Backends.use(backend);
  }

  @AfterEach
  void close() {
    scope.close();
    choice.close();
    assertThat(backend.memory().storages()).isZero();
  }

  @Test
  void aClosedTensorRefusesEveryUse() {
    Tensor closed = Tensor.ones(2, 3);
    closed.close();
    assertThat(closed).hasToString("closed float32[2, 3]");
    List<Consumer<Tensor>> uses =
        List.of(
            Tensor::toFloats,
            Tensor::toDoubles,
            Tensor::track,
            Tensor::detach,
            Tensor::freeze,
            Tensor::negate,
            Tensor::relu,
            Tensor::sum,
            Tensor::transpose,
            Tensor::backward,
            x -> x.add(Tensor.ones(3)),
            x -> Tensor.ones(3).add(x),
            x -> x.matmul(Tensor.ones(3, 2)),
            x -> x.reshape(6),
            x -> x.slice(0, 0, 1),
            x -> x.to(DType.FLOAT64));
    for (Consumer<Tensor> use : uses) {
      assertThatThrownBy(() -> use.accept(closed))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("the tensor is closed")
          .hasMessageContaining("float32[2, 3]")
          .hasMessageContaining("TensorScope.keep");
    }
  }

  @Test
  void valuesAndShapeAgree() {
    assertThatThrownBy(() -> Tensor.of(new float[5], 2, 3))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("tensor: 5 values for shape [2, 3]");
  }

  @Test
  void itemIsForOneElement() {
    assertThat(Tensor.scalar(2.5f).item()).isEqualTo(2.5);
    assertThatThrownBy(() -> Tensor.ones(2).item())
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("item: the tensor has 2 elements");
  }

  @Test
  void onlyScalarsGoBackwardWithoutASeed() {
    Tensor x = Tensor.ones(2).track();
    assertThatThrownBy(() -> x.square().backward())
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("backward: only a scalar has gradients without a seed");
    assertThatThrownBy(() -> x.square().backward(Tensor.ones(3), BackwardMode.CONSUME))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("backward: the seed has another shape");
    assertThatThrownBy(() -> Tensor.ones(1).sum().backward())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nothing was recorded for this value")
        .hasMessageContaining("call track()");
  }

  @Test
  void operandsLiveOnOneBackend() {
    Tensor here = Tensor.ones(2);
    try (Backends.Choice _ = Backends.use(new ReferenceBackend())) {
      Tensor there = Tensor.ones(2);
      assertThatThrownBy(() -> here.add(there))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("add: operands live on different backends");
    }
  }

  @Test
  void integersHaveNoGradient() {
    Tensor integers = Tensor.filled(DType.INT32, Shape.of(2), 1);
    assertThatThrownBy(integers::track)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("track: only float32 and float64 tensors have gradients")
        .hasMessageContaining("to(DType.FLOAT32)");
    assertThatThrownBy(integers::exp)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("exp: not defined for int32");
  }

  @Test
  void aRetainedGraphCanBeWalkedAgain() {
    Tensor x = Tensor.of(new float[] {3}, 1).track();
    Tensor y = x.square().sum();
    assertThat(y.backward(BackwardMode.RETAIN).of(x).toFloats()).containsExactly(6);
    assertThat(y.backward().of(x).toFloats()).containsExactly(6);
  }

  @Test
  void gradientsStopAtADetachedTensor() {
    Tensor x = Tensor.of(new float[] {3}, 1).track();
    Gradients gradients = x.multiply(x.detach()).sum().backward();
    assertThat(gradients.of(x).toFloats()).containsExactly(3);
  }

  @Test
  void aTensorUsedTwiceGetsTheSumOfBothGradients() {
    Tensor x = Tensor.of(new float[] {3}, 1).track();
    Tensor y = x.multiply(x).add(x).add(x);
    assertThat(y.sum().backward().of(x).toFloats()).containsExactly(8);
  }

  @Test
  void writingOverAKeptTensorIsNoticed() {
    Tensor x = Tensor.ones(2).track();
    Tensor y = x.square().sum();
    x.view().storage().markModified();
    assertThatThrownBy(y::backward)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("square: a tensor needed for the gradient was written over")
        .hasMessageContaining("compute gradients before the optimiser's step");
  }

  @Test
  void aFrozenTensorIsNotWrittenTo() {
    Tensor frozen = Tensor.ones(2).freeze();
    assertThatThrownBy(() -> frozen.view().storage().markModified())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a frozen tensor cannot be written to");
  }
}
