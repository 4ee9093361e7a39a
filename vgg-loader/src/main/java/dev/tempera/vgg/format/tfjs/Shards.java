package dev.tempera.vgg.format.tfjs;

import dev.tempera.io.FileBytes;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorEntry.Content;
import dev.tempera.io.TensorFileException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** The mapped files of one group, read as if they were one. */
final class Shards {
  private final MappedFile model;
  private final List<FileBytes> shards = new ArrayList<>();
  private long size;

  /**
   * Maps the files of a group.
   *
   * @param model the file that lists them, in whose folder they lie
   * @throws TensorFileException if one is missing or has no plain name
   */
  Shards(MappedFile model, List<String> paths) throws TensorFileException {
    this.model = model;
    for (String path : paths) {
      FileBytes shard = model.beside(path, TensorFlowJs.FORMAT);
      shards.add(shard);
      size += shard.size();
    }
  }

  /** How many bytes the files have together. */
  long size() {
    return size;
  }

  /**
   * A stretch of the files: a slice where it lies in one of them, a copy where it goes over an end.
   *
   * @param start counted from the start of the first file; the stretch lies within them all
   */
  Content content(long start, long length) throws TensorFileException {
    long from = start;
    for (FileBytes shard : shards) {
      if (from < shard.size()) {
        if (length <= shard.size() - from) {
          return shard.slice(from, length, "a tensor")::segment;
        }
        break;
      }
      from -= shard.size();
    }
    return model.filled(length, target -> join(start, length, target));
  }

  private void join(long start, long length, MemorySegment target) {
    long shardStart = 0;
    for (FileBytes shard : shards) {
      long from = Math.max(start, shardStart);
      long to = Math.min(start + length, shardStart + shard.size());
      if (from < to) {
        MemorySegment part = shard.segment().asSlice(from - shardStart, to - from);
        target.asSlice(from - start, to - from).copyFrom(part);
      }
      shardStart += shard.size();
    }
  }
}
