package dev.tempera.tensor;

import dev.tempera.data.ByteCount;
import dev.tempera.data.Storage;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The memory behind all tensors of a program whose {@linkplain MemoryTrace lines are noted}, and
 * the lines that made it; at the program's end those are printed whose memory nobody gave back.
 */
final class LiveStorages {
  private static final int LONGEST_LISTING = 20;
  private static final LiveStorages ALL = new LiveStorages();

  private final IdentityHashMap<Storage, String> makers = new IdentityHashMap<>();
  private int sizeToClean = 1024;

  private LiveStorages() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::report, "tempera-memory-report"));
  }

  /** Memory that one line made and nobody gave back. */
  private record Leak(int storages, long bytes) {
    Leak plus(Leak other) {
      return new Leak(storages + other.storages, bytes + other.bytes);
    }
  }

  /** Notes who made a storage, unless that is known. */
  static void note(Storage storage, String maker) {
    ALL.add(storage, maker);
  }

  private synchronized void add(Storage storage, String maker) {
    makers.putIfAbsent(storage, maker);
    if (makers.size() >= sizeToClean) {
      makers.keySet().removeIf(Storage::isReleased);
      sizeToClean = Math.max(1024, 2 * makers.size());
    }
  }

  @SuppressWarnings("SystemOut") // Loggers end before this.
  private synchronized void report() {
    makers.keySet().removeIf(Storage::isReleased);
    if (makers.isEmpty()) {
      return;
    }
    Map<String, Leak> leaks = new TreeMap<>();
    makers.forEach(
        (storage, maker) -> leaks.merge(maker, new Leak(1, storage.byteSize()), Leak::plus));
    List<Map.Entry<String, Leak>> largestFirst =
        leaks.entrySet().stream()
            .sorted(Comparator.comparingLong(leak -> -leak.getValue().bytes))
            .limit(LONGEST_LISTING)
            .toList();
    StringBuilder text = new StringBuilder("tempera: memory that was not given back at the end");
    largestFirst.forEach(
        leak ->
            text.append("\n  ")
                .append(ByteCount.text(leak.getValue().bytes))
                .append(" in ")
                .append(leak.getValue().storages)
                .append(leak.getValue().storages == 1 ? " storage" : " storages")
                .append(" made by ")
                .append(leak.getKey()));
    if (leaks.size() > LONGEST_LISTING) {
      text.append("\n  and by ").append(leaks.size() - LONGEST_LISTING).append(" lines more");
    }
    System.err.println(text);
  }
}
