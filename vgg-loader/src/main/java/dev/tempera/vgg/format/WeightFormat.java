package dev.tempera.vgg.format;

import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;

/**
 * A format that weights are published in.
 *
 * @param description the name and the usual file endings, for messages
 * @param recogniser tells the format by a file's content
 * @param reader reads a file of the format
 */
record WeightFormat(String description, Recogniser recogniser, TensorFile.Reader reader) {

  /** Tells a format by a file's content. */
  @FunctionalInterface
  interface Recogniser {
    /** Whether a file starts as files of the format do. */
    boolean recognises(MappedFile file) throws TensorFileException;
  }
}
