package dev.tempera.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** float32 numbers in a file, in the machine's byte order, through which processes hand them on. */
public final class FloatFile {
  private static final int PART = 1 << 20;

  private FloatFile() {}

  /** Writes all numbers. */
  public static void write(Path file, float[] values) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(PART * Float.BYTES).order(ByteOrder.nativeOrder());
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (int start = 0; start < values.length; start += PART) {
        int count = Math.min(PART, values.length - start);
        bytes.clear().limit(count * Float.BYTES);
        bytes.asFloatBuffer().put(values, start, count);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads all numbers. */
  public static float[] readAndDelete(Path file) {
    try {
      float[] values;
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        values = new float[Math.toIntExact(channel.size() / Float.BYTES)];
        channel
            .map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer()
            .get(values);
      }
      Files.delete(file);
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
