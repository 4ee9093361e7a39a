package dev.tempera.vgg.fetch;

import java.net.URI;
import java.time.Duration;
import java.util.OptionalLong;

/** Is told how far a fetch is. */
public interface FetchListener {
  /** An address is about to be asked; so many bytes are there from before. */
  void asking(URI address, long bytes);

  /** So many bytes are there now, of the whole where that is known. */
  void received(long bytes, OptionalLong whole);

  /** An attempt failed, and there will be another after a wait. */
  void retrying(String reason, Duration wait);

  /** All bytes are there and are being checked. */
  void verifying();
}
