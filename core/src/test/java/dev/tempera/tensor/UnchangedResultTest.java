package dev.tempera.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.backend.Backends;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.op.Convert;
import dev.tempera.op.SumTo;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnchangedResultTest {
  /** Operations that have nothing to change in a float32 tensor of shape (2, 3). */
  private static final List<UnaryOperator<Tensor>> UNCHANGING =
      List.of(
          x -> x.reshape(2, 3),
          x -> x.to(DType.FLOAT32),
          x -> Convert.contiguous(x, MemoryOrder.ROW_MAJOR),
          x -> SumTo.apply(x, Shape.of(2, 3)));

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

  @Test
  void closingAnUnchangedResultLeavesTheInputOpen() {
    for (UnaryOperator<Tensor> operation : UNCHANGING) {
      Tensor x = Tensor.ones(2, 3);
      operation.apply(x).close();
      assertThat(x.add(1).toFloats()).containsOnly(2);
    }
  }

  @Test
  void gradientsFlowThroughUnchangedResults() {
    for (UnaryOperator<Tensor> operation : UNCHANGING) {
      Tensor x = Tensor.ones(2, 3).track();
      Tensor loss = operation.apply(x).multiply(3).sum();
      assertThat(loss.backward().of(x).toFloats()).containsOnly(3);
    }
  }

  @Test
  void unchangingOperationsRefuseClosedInputs() {
    for (UnaryOperator<Tensor> operation : UNCHANGING) {
      Tensor x = Tensor.ones(2, 3);
      x.close();
      assertThatThrownBy(() -> operation.apply(x))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("the tensor is closed");
    }
  }
}
