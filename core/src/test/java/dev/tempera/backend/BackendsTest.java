package dev.tempera.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.reference.ReferenceBackend;
import org.junit.jupiter.api.Test;

class BackendsTest {
  @Test
  void aBackendIsStartedOnce() {
    assertThat(Backends.named("reference")).isSameAs(Backends.named("reference"));
    assertThat(Backends.started()).contains(Backends.named("reference"));
  }

  @Test
  void anUnknownNameIsNeverReplaced() {
    assertThatThrownBy(() -> Backends.named("abacus"))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("there is no backend named abacus")
        .hasMessageContaining("known are reference");
  }

  @Test
  void choicesNest() {
    Backend outer = new ReferenceBackend();
    Backend inner = new ReferenceBackend();
    Backend before = Backends.current();
    try (Backends.Choice _ = Backends.use(outer)) {
      try (Backends.Choice _ = Backends.use(inner)) {
        assertThat(Backends.current()).isSameAs(inner);
      }
      assertThat(Backends.current()).isSameAs(outer);
    }
    assertThat(Backends.current()).isSameAs(before);
  }

  @Test
  void aChoiceHoldsForItsThread() throws InterruptedException {
    Backend chosen = new ReferenceBackend();
    Backend[] seen = new Backend[1];
    try (Backends.Choice _ = Backends.use(chosen)) {
      Thread other = new Thread(() -> seen[0] = Backends.current());
      other.start();
      other.join();
    }
    assertThat(seen[0]).isNotSameAs(chosen);
  }
}
