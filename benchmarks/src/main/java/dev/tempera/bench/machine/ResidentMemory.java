package dev.tempera.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The memory that a process holds, as Linux counts it. */
public final class ResidentMemory {
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d{1,15}) kB");

  private ResidentMemory() {}

  /**
   * The most bytes that a process has had in main memory at one time, where the system says.
   *
   * @param process its number
   */
  public static OptionalLong peak(long process) {
    try {
      Matcher line =
          PEAK.matcher(Files.readString(Path.of("/proc", Long.toString(process), "status")));
      return line.find()
          ? OptionalLong.of(Long.parseLong(line.group(1)) << 10)
          : OptionalLong.empty();
    } catch (IOException notLinux) {
      return OptionalLong.empty();
    }
  }
}
