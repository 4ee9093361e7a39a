package dev.tempera.backend;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The main memory of this machine, or of the container that the program runs in. */
public final class MachineMemory {
  private static final Path LINUX = Path.of("/proc/meminfo");
  private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d{1,15}) kB");

  private MachineMemory() {}

  /**
   * The bytes that programs may still take without pushing others out, where the system says;
   * elsewhere, all there are.
   */
  public static long available() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long all = system.getTotalMemorySize();
    return Math.min(all, availableOnLinux().orElse(all));
  }

  private static OptionalLong availableOnLinux() {
    try {
      return Files.isReadable(LINUX) ? available(Files.readAllLines(LINUX)) : OptionalLong.empty();
    } catch (IOException unreadable) {
      return OptionalLong.empty();
    }
  }

  /** The bytes that the lines of Linux's list of memory say are available. */
  static OptionalLong available(List<String> lines) {
    return lines.stream()
        .map(AVAILABLE::matcher)
        .filter(Matcher::matches)
        .mapToLong(line -> Long.parseLong(line.group(1)) * 1024)
        .findFirst();
  }
}
