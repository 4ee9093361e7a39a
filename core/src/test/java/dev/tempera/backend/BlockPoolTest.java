package dev.tempera.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockPoolTest {
  private static final long MEBIBYTE = 1 << 20;

  private final Machine system = new Machine();
  private final BlockPool<Memory> pool = new BlockPool<>(system);

  private record Memory(long bytes, List<BlockPool.Block<Memory>> lent) {}

  /** Counts what it has given out. */
  private static final class Machine implements BlockPool.Source<Memory> {
    private long held;
    private long limit = Long.MAX_VALUE;

    @Override
    public Memory obtain(long bytes) {
      if (held + bytes > limit) {
        throw new OutOfMemoryError("test");
      }
      held += bytes;
      return new Memory(bytes, new ArrayList<>());
    }

    @Override
    public void giveBack(Memory memory) {
      held -= memory.bytes;
    }
  }

  private BlockPool.Block<Memory> take(long mebibytes) {
    return pool.take(mebibytes * MEBIBYTE);
  }

  @Test
  void onlyWhatWasLentCounts() {
    take(3);
    pool.take(100);
    assertThat(pool.used()).isEqualTo(3 * MEBIBYTE + 100);
    assertThat(system.held).isGreaterThan(pool.used());
  }

  @Test
  void oneLargePieceServesSmallerBlocksAndALargeOneAgain() {
    pool.giveBack(take(64));
    BlockPool.Block<Memory> first = take(32);
    BlockPool.Block<Memory> second = take(16);
    BlockPool.Block<Memory> third = take(16);
    assertThat(pool.used()).isEqualTo(64 * MEBIBYTE);
    pool.giveBack(second);
    pool.giveBack(first);
    pool.giveBack(third);
    take(64);
    assertThat(pool.systemAllocations()).isEqualTo(1);
  }

  @Test
  void aBlockTakesTheSmallestPieceThatHoldsIt() {
    BlockPool.Block<Memory> large = take(8);
    take(1);
    BlockPool.Block<Memory> small = take(4);
    take(1);
    pool.giveBack(small);
    pool.giveBack(large);
    assertThat(take(4).offset()).isEqualTo(9 * MEBIBYTE);
    assertThat(take(4).offset()).isZero();
  }

  @Test
  void anIdlePieceAtTheEndGrows() {
    take(1);
    pool.giveBack(take(2));
    BlockPool.Block<Memory> longer = take(3);
    assertThat(longer.offset()).isEqualTo(MEBIBYTE);
    assertThat(pool.used()).isEqualTo(4 * MEBIBYTE);
  }

  @Test
  void chunksNobodyAsksForAreGivenBack() {
    pool.giveBack(take(60));
    BlockPool.Block<Memory> stays = take(10);
    pool.giveBack(take(70));
    for (int i = 0; i < 20_000; i++) {
      pool.giveBack(pool.take(64));
    }
    assertThat(pool.used()).isEqualTo(60 * MEBIBYTE + 64);
    pool.giveBack(stays);
    for (int i = 0; i < 20_000; i++) {
      pool.giveBack(pool.take(64));
    }
    assertThat(pool.used()).isEqualTo(64);
    assertThat(system.held).isLessThan(60 * MEBIBYTE);
  }

  @Test
  void idleChunksMakeRoomWhereTheSystemHasNone() {
    system.limit = 100 * MEBIBYTE;
    pool.giveBack(take(60));
    take(90);
    assertThat(pool.used()).isEqualTo(90 * MEBIBYTE);
    take(10);
    assertThatThrownBy(() -> take(1)).isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void blocksNeverOverlapAndAllComeTogetherAgain() {
    Random random = new Random(7);
    List<BlockPool.Block<Memory>> lent = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      if (lent.size() > 20 || (random.nextBoolean() && !lent.isEmpty())) {
        BlockPool.Block<Memory> block = lent.remove(random.nextInt(lent.size()));
        block.memory().lent.remove(block);
        pool.giveBack(block);
      } else {
        long size = 1L + random.nextInt(1 << (10 + random.nextInt(16)));
        BlockPool.Block<Memory> block = pool.take(size);
        assertThat(block.size()).isEqualTo(size);
        assertThat(block.offset() + block.size()).isLessThanOrEqualTo(block.memory().bytes);
        assertThat(block.memory().lent)
            .allMatch(
                other ->
                    other.offset() >= block.offset() + block.size()
                        || other.offset() + other.size() <= block.offset());
        block.memory().lent.add(block);
        lent.add(block);
      }
    }
    lent.forEach(pool::giveBack);
    for (int i = 0; i < 20_000; i++) {
      pool.giveBack(pool.take(1));
    }
    assertThat(pool.used()).isLessThanOrEqualTo(4 * MEBIBYTE);
  }
}
