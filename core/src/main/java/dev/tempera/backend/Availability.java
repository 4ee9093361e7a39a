package dev.tempera.backend;

/**
 * Whether a backend can run here.
 *
 * @param available whether it can
 * @param detail what it would run on; if not available, the reason and the remedy
 */
public record Availability(boolean available, String detail) {
  /** It can run. */
  public static Availability yes(String detail) {
    return new Availability(true, detail);
  }

  /** It cannot. */
  public static Availability no(String reason, String remedy) {
    return new Availability(false, reason + "; " + remedy);
  }
}
