package dev.tempera.style.cli;

import dev.tempera.data.ByteCount;
import dev.tempera.vgg.fetch.FetchListener;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/** Shows how far a fetch is: a bar on a terminal, a line for each tenth elsewhere. */
final class FetchDisplay implements FetchListener {
  private static final int PLAIN_LINES = 10;
  private static final long REDRAW_NANOS = 100_000_000;
  private static final double NANOS = 1e9;

  private final PrintWriter err;
  private final boolean quiet;
  private final ProgressLine line;
  private long begin;
  private long beginNanos;
  private long drawnNanos;
  private int tenths;

  /**
   * A display.
   *
   * @param err where to
   * @param quiet whether to show nothing
   */
  FetchDisplay(PrintWriter err, boolean quiet) {
    this.err = err;
    this.quiet = quiet;
    this.line = new ProgressLine(err);
  }

  @Override
  public void asking(URI address, long bytes) {
    begin = bytes;
    beginNanos = System.nanoTime();
    drawnNanos = beginNanos;
    tenths = 0;
    say(
        "fetching "
            + address
            + (bytes == 0 ? "" : ", of which " + ByteCount.text(bytes) + " are here"));
  }

  @Override
  public void received(long bytes, OptionalLong whole) {
    double share = whole.isPresent() ? (double) bytes / whole.getAsLong() : 0;
    if (line.isTerminal()) {
      long now = System.nanoTime();
      if (!quiet && now - drawnNanos >= REDRAW_NANOS) {
        drawnNanos = now;
        line.show(share, text(bytes, whole, now));
      }
    } else if ((int) (share * PLAIN_LINES) > tenths) {
      tenths = (int) (share * PLAIN_LINES);
      say(text(bytes, whole, System.nanoTime()));
    }
  }

  private String text(long bytes, OptionalLong whole, long now) {
    double rate = (bytes - begin) / Math.max(1e-3, (now - beginNanos) / NANOS);
    String amount =
        ByteCount.text(bytes)
            + (whole.isPresent() ? " of " + ByteCount.text(whole.getAsLong()) : "");
    return amount + "  " + ByteCount.text((long) rate) + "/s" + timeLeft(bytes, whole, rate);
  }

  private static String timeLeft(long bytes, OptionalLong whole, double rate) {
    if (whole.isEmpty() || rate < 1) {
      return "";
    }
    long seconds = Math.round((whole.getAsLong() - bytes) / rate);
    return String.format(Locale.ROOT, "  %d:%02d left", seconds / 60, seconds % 60);
  }

  @Override
  public void retrying(String reason, Duration wait) {
    say(reason + "; trying again in " + wait.toSeconds() + " s");
  }

  @Override
  public void verifying() {
    say("checking");
  }

  /** Removes the bar. */
  void clear() {
    line.clear();
  }

  private void say(String text) {
    line.clear();
    if (!quiet) {
      err.println(text);
      err.flush();
    }
  }
}
