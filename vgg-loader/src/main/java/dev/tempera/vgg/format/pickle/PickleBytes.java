package dev.tempera.vgg.format.pickle;

import dev.tempera.io.FileBytes;

/** A byte string of a pickle, left where it lies in the file. */
public final class PickleBytes {
  private final FileBytes content;

  PickleBytes(FileBytes content) {
    this.content = content;
  }

  /** The bytes. */
  public FileBytes content() {
    return content;
  }
}
