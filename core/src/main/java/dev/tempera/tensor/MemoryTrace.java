package dev.tempera.tensor;

import java.lang.StackWalker.StackFrame;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of a program made and closed a tensor. There are traces only in programs started with
 * {@code -Dtempera.memory.debug=true}; in others nothing is noted.
 */
final class MemoryTrace {
  /** Whether lines are noted. */
  static final boolean ON = Boolean.getBoolean("tempera.memory.debug");

  private static final StackWalker STACK = StackWalker.getInstance();
  private static final String CORE = "dev.tempera.";

  private final String made;
  private volatile @Nullable String closed;

  private MemoryTrace(String made) {
    this.made = made;
  }

  /**
   * A trace that begins on the line that runs now, and is that of the memory too unless the memory
   * is an older one's; null unless lines are noted.
   */
  static @Nullable MemoryTrace begin(Tensor tensor) {
    if (!ON) {
      return null;
    }
    MemoryTrace trace = new MemoryTrace(tensor.op() + " at " + callingLine());
    LiveStorages.note(tensor.view().storage(), trace.made);
    return trace;
  }

  /** Notes that the tensor is closed on the line that runs now. */
  void close() {
    closed = callingLine();
  }

  /** Where the tensor was made, and by which operation. */
  String made() {
    return made;
  }

  /** The line that closed the tensor; null if it is open. */
  @Nullable String closed() {
    return closed;
  }

  /** The innermost line that is not of the engine itself. */
  private static String callingLine() {
    return STACK.walk(
        frames ->
            frames
                .filter(frame -> !isOfTheEngine(frame))
                .findFirst()
                .map(frame -> frame.toStackTraceElement().toString())
                .orElse("a line of the engine itself"));
  }

  private static boolean isOfTheEngine(StackFrame frame) {
    String type = frame.getClassName();
    if (!type.startsWith(CORE)) {
      return type.startsWith("java.");
    }
    int end = type.indexOf('.', CORE.length());
    return switch (end < 0 ? "" : type.substring(CORE.length(), end)) {
      case "tensor", "op", "autograd", "optim" -> true;
      default -> false;
    };
  }
}
