package dev.tempera.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.backend.Backends;
import dev.tempera.reference.ReferenceBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limited scopes say which operations made what they hold, and count scopes opened inside. */
class ScopeLimitTest {
  private final ReferenceBackend backend = new ReferenceBackend();
  private Backends.Choice choice = () -> {};

  @BeforeEach
  void chooseABackendOfOurOwn() {
    choice = Backends.use(backend);
  }

  @AfterEach
  void everythingCameBack() {
    choice.close();
    assertThat(backend.memory().storages()).isZero();
  }

  @Test
  void theRefusalListsWhatEachOperationMadeTheLargestFirst() {
    try (TensorScope _ = TensorScope.open("step", 10_000)) {
      Tensor x = Tensor.ones(10, 10);
      x.square();
      x.exp();
      x.exp();
      x.matmul(x);
      Tensor large = Tensor.ones(50, 30);
      assertThatThrownBy(large::square)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              """
              scope step: limit reached
                tensor  float32[50, 30] takes 6000 bytes, made by square
                rule    8000 + 6000 ≤ 10000 bytes
                held    6.3 KiB in 2 tensors made by Tensor.filled
                held    800 bytes in 2 tensors made by exp
                held    400 bytes in 1 tensor made by matmul
                held    400 bytes in 1 tensor made by square
                hint    close what is no longer needed, or use a smaller image\
              """);
    }
  }

  @Test
  void scopesOpenedInsideCount() {
    try (TensorScope _ = TensorScope.open("outer", 100)) {
      Tensor.ones(10);
      try (TensorScope inner = TensorScope.open("inner")) {
        Tensor.ones(10);
        assertThatThrownBy(() -> Tensor.ones(6)).hasMessageContaining("scope outer: limit reached");
        inner.keep(Tensor.ones(5));
      }
      assertThat(Tensor.ones(10).toFloats()).hasSize(10);
      assertThatThrownBy(() -> Tensor.ones(1)).hasMessageContaining("100 + 4 ≤ 100 bytes");
    }
  }

  @Test
  void aTensorMustFitEveryLimitAroundIt() {
    try (TensorScope _ = TensorScope.open("outer", 60);
        TensorScope _ = TensorScope.open("inner", 80)) {
      Tensor.ones(10);
      assertThatThrownBy(() -> Tensor.ones(11)).hasMessageContaining("scope inner: limit reached");
      assertThatThrownBy(() -> Tensor.ones(10)).hasMessageContaining("scope outer: limit reached");
      assertThat(Tensor.ones(5).toFloats()).hasSize(5);
    }
  }

  @Test
  void theWalkBackIsHeldToTheLimitToo() {
    try (TensorScope _ = TensorScope.open("step", 1000)) {
      Tensor x = Tensor.ones(50).track();
      Tensor loss = x.exp().multiply(x).sum();
      assertThatThrownBy(loss::backward)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("scope step: limit reached");
    }
  }
}
