package dev.tempera.style.image;

import java.io.IOException;
import java.io.OutputStream;

/** Writes pictures in one file format. */
interface PictureEncoder {

  /**
   * Writes the picture to the stream, which stays open.
   *
   * @throws PictureException if a sample of the picture is not a number
   * @throws IOException if the stream fails, or the format cannot hold a picture of this size
   */
  void encode(Picture picture, PictureWriter settings, OutputStream out) throws IOException;
}
