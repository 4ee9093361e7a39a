package dev.tempera.style.cli;

import java.io.Console;
import java.io.PrintWriter;

/** A bar with a text behind it, on one line of a terminal that is written over. */
final class ProgressLine {
  private static final int BAR = 24;

  private final PrintWriter err;
  private final boolean terminal;
  private int width;

  /** A line that is not there yet. */
  ProgressLine(PrintWriter err) {
    this.err = err;
    this.terminal = standsOnTerminal();
  }

  @SuppressWarnings("SystemConsoleNull") // Null on Java 25 where input or output is redirected.
  private static boolean standsOnTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /** Whether there is a terminal; where not, lines cannot be written over. */
  boolean isTerminal() {
    return terminal;
  }

  /** Writes the line, over what it was before. */
  void show(double share, String text) {
    int filled = (int) Math.round(BAR * share);
    String line = "[" + "=".repeat(filled) + " ".repeat(BAR - filled) + "] " + text;
    err.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
    err.flush();
    width = line.length();
  }

  /** Removes the line. */
  void clear() {
    if (width > 0) {
      err.print("\r" + " ".repeat(width) + "\r");
      err.flush();
      width = 0;
    }
  }
}
