package dev.tempera.backend;

/**
 * What a backend's memory holds, in bytes as asked for (size classes and gaps come on top in
 * reserved).
 *
 * @param live bytes in storages that have a holder
 * @param peak the most that {@code live} has been
 * @param reserved bytes obtained from the system, pooled ones included
 * @param storages how many storages have a holder
 * @param systemAllocations how often memory was obtained from the system since the start
 */
public record MemoryStatistics(
    long live, long peak, long reserved, long storages, long systemAllocations) {}
