package dev.tempera.cpu.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.backend.MemoryOps;
import dev.tempera.data.DType;
import dev.tempera.data.HostStorage;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds writes beyond the end of a result, in the unused rest of its block: the pool is first given
 * blocks that are full of a pattern.
 */
public final class GuardZones {
  private static final byte PATTERN = 0x5A;
  private static final int BLOCKS = 6;

  private GuardZones() {}

  /** Puts patterned blocks that fit a result of so many bytes on top of the pool. */
  public static void prepare(MemoryOps memory, long bytes) {
    List<View> blocks = new ArrayList<>();
    for (int i = 0; i < BLOCKS; i++) {
      Shape shape = Shape.of(Math.toIntExact(SizeClass.of(bytes)));
      View block = memory.allocate(DType.UINT8, shape, MemoryOrder.ROW_MAJOR);
      ((HostStorage) block.storage()).segment().fill(PATTERN);
      blocks.add(block);
    }
    blocks.forEach(block -> block.storage().release());
  }

  /** Checks that the rest of the result's block still has the pattern. */
  @SuppressWarnings("restricted") // Looks at memory that the storage does not own up to.
  public static void check(View result) {
    long bytes = result.storage().byteSize();
    MemorySegment block =
        MemorySegment.ofAddress(((HostStorage) result.storage()).segment().address())
            .reinterpret(SizeClass.of(bytes));
    for (long i = bytes; i < block.byteSize(); i++) {
      assertThat(block.get(ValueLayout.JAVA_BYTE, i))
          .as("byte %d after the end", i - bytes)
          .isEqualTo(PATTERN);
    }
  }
}
