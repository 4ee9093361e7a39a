package dev.tempera.cpu.runtime;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads that share the work of kernels: a fixed number of daemon threads and the thread that
 * calls.
 *
 * <p>How work is cut into tasks must depend on shapes alone; which thread runs a task does not
 * matter then, and results have the same bits for any number of threads. A loop that starts inside
 * another loop, or while another thread's loop is running, runs in its own thread.
 */
public final class Workers implements AutoCloseable {
  private static final int SPINS = 2_000;
  private static final long CACHE_LINE = 64;

  private final int threads;
  private final Thread[] helpers;
  private final AtomicBoolean busy = new AtomicBoolean();
  private long jobs;
  private volatile @Nullable Job current;
  private volatile boolean closed;

  /** One task of a loop. */
  @FunctionalInterface
  public interface Task {
    /** Does the task of this index, from 0. */
    void run(int index);
  }

  /** One part of a loop over a range. */
  @FunctionalInterface
  public interface RangeTask {
    /** Does the elements from {@code start} up to {@code end}, exclusive. */
    void run(long start, long end);
  }

  /** One task of a loop, with memory to work in. */
  @FunctionalInterface
  public interface ScratchTask {
    /**
     * Does the task of this index, from 0.
     *
     * @param scratch address of memory that nobody else uses meanwhile, a multiple of 64
     */
    void run(int index, long scratch);
  }

  /** One part of a loop over a range, with memory to work in. */
  @FunctionalInterface
  public interface ScratchRangeTask {
    /**
     * Does the elements from {@code start} up to {@code end}, exclusive.
     *
     * @param scratch address of memory that nobody else uses meanwhile, a multiple of 64
     */
    void run(long start, long end, long scratch);
  }

  /**
   * Starts the threads.
   *
   * @param threads how many, the calling thread included
   */
  public Workers(int threads) {
    this.threads = threads;
    this.helpers = new Thread[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      int participant = i + 1;
      helpers[i] =
          Thread.ofPlatform()
              .daemon()
              .name("tempera-cpu-" + participant)
              .start(() -> help(participant));
    }
  }

  /** How many threads share the work. */
  public int threads() {
    return threads;
  }

  /**
   * Runs tasks 0 to {@code tasks − 1} and returns when all are finished.
   *
   * @throws RuntimeException what the first task to fail threw; the tasks not yet begun are left
   *     out
   */
  public void run(int tasks, Task task) {
    runAs(tasks, (index, participant) -> task.run(index));
  }

  /**
   * Runs a loop over 0 to {@code length − 1}, cut into parts of {@code grain} elements and one
   * shorter last part.
   */
  public void forRange(long length, long grain, RangeTask task) {
    run(parts(length, grain), i -> task.run(i * grain, Math.min((i + 1) * grain, length)));
  }

  /**
   * Runs a loop like {@link #run(int, Task)} in which every thread has memory of its own. It is
   * taken for all threads at once, so that what a computation needs does not depend on who happens
   * to be busy.
   *
   * @param bytes of memory for each thread
   */
  public void run(int tasks, CpuMemory memory, long bytes, ScratchTask task) {
    long each = aligned(bytes);
    try (Scratch scratch = memory.scratch(scratchBytes(tasks, bytes))) {
      long first = scratch.address();
      runAs(tasks, (index, participant) -> task.run(index, first + participant * each));
    }
  }

  /** Bytes that {@link #run(int, CpuMemory, long, ScratchTask)} takes for all threads at once. */
  public long scratchBytes(int tasks, long bytes) {
    return aligned(bytes) * participants(tasks);
  }

  private static long aligned(long bytes) {
    return Math.ceilDiv(bytes, CACHE_LINE) * CACHE_LINE;
  }

  /**
   * Runs a loop like {@link #forRange(long, long, RangeTask)} in which every thread has memory of
   * its own.
   *
   * @param bytes of memory for each thread
   */
  public void forRange(
      long length, long grain, CpuMemory memory, long bytes, ScratchRangeTask task) {
    run(
        parts(length, grain),
        memory,
        bytes,
        (i, scratch) -> task.run(i * grain, Math.min((i + 1) * grain, length), scratch));
  }

  private static int parts(long length, long grain) {
    return Math.toIntExact(Math.ceilDiv(length, grain));
  }

  private int participants(int tasks) {
    return Math.min(threads, Math.max(tasks, 1));
  }

  private void runAs(int tasks, Job.Participation task) {
    if (tasks <= 1 || threads == 1 || !busy.compareAndSet(false, true)) {
      for (int i = 0; i < tasks; i++) {
        task.run(i, 0);
      }
      return;
    }
    try {
      Job job = new Job(++jobs, task, tasks, participants(tasks));
      current = job;
      for (int i = 0; i < participants(tasks) - 1; i++) {
        LockSupport.unpark(helpers[i]);
      }
      job.work(0);
      job.await();
    } finally {
      current = null;
      busy.set(false);
    }
  }

  private void help(int participant) {
    long last = 0;
    int spins = 0;
    while (!closed) {
      Job job = current;
      if (job != null && job.number() != last) {
        job.work(participant);
        last = job.number();
        spins = 0;
      } else if (spins++ < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
      }
    }
  }

  /** Ends the threads; loops then run in the calling thread alone. */
  @Override
  public void close() {
    closed = true;
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
  }
}
