package dev.tempera.data;

/**
 * Where a storage lives: the name of the backend family that can address it and the index of the
 * processor.
 *
 * @param kind {@code host} for main memory, which every processor backend shares, or an
 *     accelerator's name
 * @param index which one of several accelerators, from 0
 */
public record Device(String kind, int index) {
  /** Main memory. */
  public static final Device HOST = new Device("host", 0);

  /** The kind and, for accelerators, the index: {@code host}, {@code cuda:0}. */
  @Override
  public String toString() {
    return kind.equals(HOST.kind) ? kind : kind + ":" + index;
  }
}
