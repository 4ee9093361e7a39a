package dev.tempera.vgg.format.mat;

import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorEntry.Content;
import dev.tempera.io.TensorFileException;

/**
 * Bytes as the file has them.
 *
 * @param file the file
 */
record StoredBytes(FileBytes file) implements MatSource {
  @Override
  public long size() {
    return file.size();
  }

  @Override
  public int int32(long position) throws TensorFileException {
    return file.int32(position);
  }

  @Override
  public FileBytes bytes(long position, long size, String what) throws TensorFileException {
    return file.slice(position, size, what);
  }

  @Override
  public Content content(long position, long size) {
    return () -> file.segment().asSlice(position, size);
  }

  @Override
  public FileBytes place(long position) throws TensorFileException {
    return file.slice(Math.clamp(position, 0, file.size()), 0, "nothing");
  }
}
