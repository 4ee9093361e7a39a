package dev.tempera.cpu.runtime;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class GuardZoneTest {
  @Test
  void noticesWritesBeyondTheEnd() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment block = arena.allocate(1024);
      GuardZone.mark(block, 100);
      block.set(ValueLayout.JAVA_BYTE, 99, (byte) 1);
      assertThatCode(() -> GuardZone.check(block, 100)).doesNotThrowAnyException();
      block.set(ValueLayout.JAVA_BYTE, 103, (byte) 1);
      assertThatThrownBy(() -> GuardZone.check(block, 100))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("cpu: a kernel wrote 3 bytes beyond the end of a buffer of 100");
    }
  }
}
