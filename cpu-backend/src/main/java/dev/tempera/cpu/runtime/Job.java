package dev.tempera.cpu.runtime;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One parallel loop. Tasks are dealt out in as many runs of neighbours as there are participants;
 * whoever is through with its own run helps with the others', so a slow core delays nobody.
 */
final class Job {
  /** Counters lie a cache line and its neighbour apart. */
  private static final int SPACING = 32;

  private static final int SPINS = 2_000;

  private final long number;
  private final Participation task;
  private final int tasks;
  private final int participants;
  private final Thread caller = Thread.currentThread();
  private final AtomicIntegerArray taken;
  private final AtomicInteger unfinished;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  Job(long number, Participation task, int tasks, int participants) {
    this.number = number;
    this.task = task;
    this.tasks = tasks;
    this.participants = participants;
    this.taken = new AtomicIntegerArray(participants * SPACING);
    this.unfinished = new AtomicInteger(tasks);
  }

  /** One task of a loop, and who does it. */
  @FunctionalInterface
  interface Participation {
    /** Does the task of this index; no two threads are the same participant at one time. */
    void run(int index, int participant);
  }

  /** Which of the jobs of its workers this is; no two in a row have the same number. */
  long number() {
    return number;
  }

  /** Takes part until no task is left to begin, unless there are participants enough. */
  void work(int participant) {
    if (participant >= participants) {
      return;
    }
    int finished = 0;
    for (int i = 0; i < participants; i++) {
      finished += drain((participant + i) % participants, participant);
    }
    if (finished > 0 && unfinished.addAndGet(-finished) == 0) {
      LockSupport.unpark(caller);
    }
  }

  private int drain(int run, int participant) {
    int first = firstTask(run);
    int length = firstTask(run + 1) - first;
    int finished = 0;
    while (true) {
      int place = taken.getAndIncrement(run * SPACING);
      if (place >= length) {
        return finished;
      }
      runOne(first + place, participant);
      finished++;
    }
  }

  private int firstTask(int run) {
    return (int) ((long) tasks * run / participants);
  }

  private void runOne(int index, int participant) {
    if (failure.get() != null) {
      return;
    }
    try {
      task.run(index, participant);
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }

  /**
   * Waits, in the calling thread, until all tasks are finished, and throws what the first to fail
   * threw.
   */
  void await() {
    boolean interrupted = false;
    for (int spins = 0; unfinished.get() > 0; spins++) {
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    switch (failure.get()) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> {}
    }
  }
}
