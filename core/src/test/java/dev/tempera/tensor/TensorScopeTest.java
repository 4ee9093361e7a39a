package dev.tempera.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.backend.Backends;
import dev.tempera.reference.ReferenceBackend;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TensorScopeTest {
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
    assertThat(backend.memory().live()).isZero();
    assertThat(TensorScope.current()).isNull();
  }

  @Test
  void aScopeClosesItsTensors() {
    Tensor inside;
    try (TensorScope _ = TensorScope.open("outer")) {
      Tensor outer = Tensor.ones(3);
      try (TensorScope _ = TensorScope.open("inner")) {
        inside = outer.add(1);
        assertThat(inside.isClosed()).isFalse();
      }
      assertThat(inside.isClosed()).isTrue();
      assertThat(outer.isClosed()).isFalse();
    }
  }

  @Test
  void keepMovesATensorOneScopeOut() {
    try (TensorScope outer = TensorScope.open("outer")) {
      Tensor kept;
      try (TensorScope inner = TensorScope.open("inner")) {
        kept = inner.keep(Tensor.ones(3));
        assertThat(kept.scope()).isSameAs(outer);
      }
      assertThat(kept.toFloats()).containsExactly(1, 1, 1);
    }
  }

  @Test
  void onlyOwnTensorsAreKept() {
    try (TensorScope _ = TensorScope.open("outer")) {
      Tensor outside = Tensor.ones(3);
      try (TensorScope inner = TensorScope.open("inner")) {
        assertThatThrownBy(() -> inner.keep(outside))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(
                "scope inner: cannot keep a tensor that belongs to another scope");
      }
    }
  }

  @Test
  void aReleasedTensorIsClosedByHand() {
    Tensor released;
    try (TensorScope scope = TensorScope.open("scope")) {
      released = scope.release(Tensor.ones(3));
    }
    assertThat(released.toFloats()).containsExactly(1, 1, 1);
    released.close();
  }

  @Test
  void aCappedScopeTakesNoMore() {
    try (TensorScope weights = TensorScope.open("weights")) {
      Tensor weight = Tensor.ones(3);
      weights.cap();
      assertThatThrownBy(() -> weight.add(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("scope weights is capped: it takes no more tensors")
          .hasMessageContaining("float32[3]")
          .hasMessageContaining("open a scope for each step");
      try (TensorScope step = TensorScope.open("step")) {
        assertThat(weight.add(1).toFloats()).containsExactly(2, 2, 2);
        Tensor activation = weight.add(2);
        assertThatThrownBy(() -> step.keep(activation))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("scope weights is capped");
        assertThat(activation.isClosed()).isTrue();
      }
    }
  }

  @Test
  void refusedTensorsLeaveNothingBehind() {
    try (TensorScope weights = TensorScope.open("weights")) {
      Tensor weight = Tensor.ones(3).track();
      weights.cap();
      long storages = backend.memory().storages();
      assertThatThrownBy(() -> weight.multiply(weight)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(weight::relu).isInstanceOf(IllegalStateException.class);
      assertThat(backend.memory().storages()).isEqualTo(storages);
    }
  }

  @Test
  void aLimitCountsEveryStorageOnce() {
    try (TensorScope _ = TensorScope.open("limited", 100)) {
      Tensor first = Tensor.ones(20);
      Tensor alias = first.reshape(4, 5);
      assertThatThrownBy(() -> Tensor.ones(6))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("scope limited: limit reached")
          .hasMessageContaining("float32[6] takes 24 bytes")
          .hasMessageContaining("80 + 24 ≤ 100 bytes");
      first.close();
      assertThatThrownBy(() -> Tensor.ones(6)).isInstanceOf(IllegalStateException.class);
      alias.close();
      assertThat(Tensor.ones(25).toFloats()).hasSize(25);
    }
  }

  @Test
  void scopesCloseInnermostFirst() {
    TensorScope outer = TensorScope.open("outer");
    TensorScope inner = TensorScope.open("inner");
    assertThatThrownBy(outer::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("scope outer: scopes are closed by their own thread");
    inner.close();
    outer.close();
    outer.close();
  }

  @Test
  void anotherThreadDoesNotCloseAScope() throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    TensorScope scope = TensorScope.open("mine");
    Thread other =
        new Thread(
            () -> {
              try {
                scope.close();
              } catch (IllegalStateException e) {
                thrown.set(e);
              }
            });
    other.start();
    other.join();
    scope.close();
    assertThat(thrown.get()).hasMessageContaining("scopes are closed by their own thread");
  }

  @Test
  void memoryGoesWithItsLastHolder() {
    try (TensorScope _ = TensorScope.open("scope")) {
      Tensor x = Tensor.ones(4);
      Tensor y = x.reshape(2, 2);
      x.close();
      x.close();
      assertThat(y.toFloats()).containsExactly(1, 1, 1, 1);
      assertThat(backend.memory().storages()).isEqualTo(1);
      y.close();
      assertThat(backend.memory().storages()).isZero();
    }
  }

  @Test
  void aGraphHoldsWhatItsRulesNeedUntilItIsGone() {
    try (TensorScope _ = TensorScope.open("scope")) {
      Tensor x = Tensor.ones(4).track();
      Tensor loss;
      try (TensorScope step = TensorScope.open("step")) {
        loss = step.keep(x.multiply(3).square().sum());
      }
      assertThat(backend.memory().storages()).isEqualTo(3);
      loss.close();
      assertThat(backend.memory().storages()).isEqualTo(1);
    }
  }
}
