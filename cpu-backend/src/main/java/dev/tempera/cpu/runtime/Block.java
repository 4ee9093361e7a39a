package dev.tempera.cpu.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A block of off-heap memory from the system, in use or waiting in the pool. */
final class Block {
  private static final long CACHE_LINE = 64;
  private static final long PAGE = 4096;

  private final Arena arena;
  private final MemorySegment segment;
  private long idleSince;

  private Block(Arena arena, MemorySegment segment) {
    this.arena = arena;
    this.segment = segment;
  }

  /**
   * A new block, aligned to the cache line or the page, whichever is the largest not above its
   * size. What alignment adds is taken from the system as well, so it must be little.
   *
   * @throws OutOfMemoryError if the system has none left
   */
  static Block fromSystem(long size) {
    Arena arena = Arena.ofShared();
    try {
      long alignment = size >= PAGE ? PAGE : CACHE_LINE;
      return new Block(arena, arena.allocate(size, alignment));
    } catch (OutOfMemoryError e) {
      arena.close();
      throw e;
    }
  }

  /** The whole block. */
  MemorySegment segment() {
    return segment;
  }

  /** Its size in bytes. */
  long size() {
    return segment.byteSize();
  }

  /** Notes the request after which it went back into the pool. */
  void rest(long request) {
    idleSince = request;
  }

  /** The request after which it went back into the pool. */
  long idleSince() {
    return idleSince;
  }

  /** Gives the memory back to the system. */
  void free() {
    arena.close();
  }
}
