package dev.tempera.style.image;

/**
 * How large a picture file may be before it is refused without being decoded.
 *
 * @param pixels the most pixels that its header may state
 * @param bytes the most bytes that the file may have; more than 2 GiB count as 2 GiB
 */
public record PictureLimits(long pixels, long bytes) {
  /** The system property that sets the most pixels of {@link #standard()}. */
  public static final String PIXELS_PROPERTY = "tempera.maxPixels";

  /** The system property that sets the most bytes of {@link #standard()}. */
  public static final String BYTES_PROPERTY = "tempera.maxPictureBytes";

  private static final long DEFAULT_PIXELS = 100_000_000;
  private static final long DEFAULT_BYTES = 1L << 29;

  /** 100 megapixels and 512 MiB, unless the system properties say otherwise. */
  public static PictureLimits standard() {
    return new PictureLimits(
        Long.getLong(PIXELS_PROPERTY, DEFAULT_PIXELS), Long.getLong(BYTES_PROPERTY, DEFAULT_BYTES));
  }
}
