package dev.tempera.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.data.DType;
import dev.tempera.data.HostStorage;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

/** Memory of the reference backend goes round, and nobody sees what it held before. */
class HostMemoryTest {
  private final HostMemory memory = new HostMemory();

  @Test
  void memoryThatIsLentAgainIsZero() {
    HostStorage first = memory.storage(100);
    first.segment().fill((byte) 7);
    first.release();
    HostStorage second = memory.storage(90);
    assertThat(second.segment().address()).isEqualTo(first.segment().address());
    assertThat(second.segment().toArray(ValueLayout.JAVA_BYTE)).containsOnly(0).hasSize(90);
    assertThat(memory.statistics().systemAllocations()).isEqualTo(1);
  }

  @Test
  void whatIsLentIsCountedAndAligned() {
    HostStorage small = memory.storage(1);
    HostStorage large = memory.storage(3 << 20);
    assertThat(small.segment().address() % 64).isZero();
    assertThat(large.segment().address() % 64).isZero();
    assertThat(memory.statistics().live()).isEqualTo(1 + (3 << 20));
    assertThat(memory.statistics().storages()).isEqualTo(2);
    large.release();
    small.release();
    assertThat(memory.statistics().live()).isZero();
    assertThat(memory.statistics().storages()).isZero();
    assertThat(memory.statistics().peak()).isEqualTo(1 + (3 << 20));
  }

  @Test
  void useAfterReleaseIsRefused() {
    ReferenceBackend backend = new ReferenceBackend();
    View view = backend.allocate(DType.FLOAT32, Shape.of(2, 3), MemoryOrder.ROW_MAJOR);
    view.storage().release();
    assertThatThrownBy(() -> backend.fill(view, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("given back")
        .hasMessageContaining("float32[2, 3]");
  }
}
