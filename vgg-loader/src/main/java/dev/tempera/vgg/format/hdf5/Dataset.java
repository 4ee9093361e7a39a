package dev.tempera.vgg.format.hdf5;

import dev.tempera.io.FileBytes;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorEntry.Content;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.element.MemoryBudget;
import dev.tempera.vgg.format.element.ZlibStream;
import dev.tempera.vgg.format.hdf5.ObjectHeader.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dataset: its type, axis lengths, and where its elements lie.
 *
 * @param type the type of an element
 * @param lengths the axis lengths, slowest axis first
 * @param place the elements, or, where they lie in chunks, the message that says so
 * @param content gives the elements as they are stored, in row-major order
 */
record Dataset(Datatype type, List<Long> lengths, FileBytes place, Content content) {
  private static final int COMPACT = 0;
  private static final int CONTIGUOUS = 1;
  private static final int CHUNKED = 2;
  private static final int SINGLE_CHUNK = 1;
  private static final int SINGLE_CHUNK_FILTERED = 2;
  private static final int CHUNK_MEMORY = 512;

  /** Reads the datasets of one file. */
  record Reader(Hdf5Bytes file, MappedFile mapped, MemoryBudget budget) {

    /**
     * The dataset that a header describes. What is compressed is decompressed when it is read.
     *
     * @throws TensorFileException if it is damaged, or larger than its bytes or the budget allow
     */
    Dataset read(ObjectHeader header) throws TensorFileException {
      Datatype type = Datatype.read(require(header, Message.DATATYPE, "datatype").ownBody());
      FileBytes space = require(header, Message.DATASPACE, "dataspace").ownBody();
      List<Long> lengths = Dataspace.read(space);
      FileBytes layout = require(header, Message.LAYOUT, "layout").ownBody();
      long byteSize = space.shape(null, 0, lengths).size() * type.size();
      int version = layout.uint8(0);
      if (version < 3 || version > 4) {
        throw layout.failure(0, "a data layout of version " + version + "; 3 and 4 are known");
      }
      return switch (layout.uint8(1)) {
        case COMPACT -> inPlace(type, lengths, layout.slice(4, byteSize, "a compact dataset"));
        case CONTIGUOUS -> {
          long address = layout.int64(2);
          if (address == Hdf5Bytes.UNDEFINED) {
            budget.take(layout, byteSize);
            yield new Dataset(type, lengths, layout, mapped.filled(byteSize, _ -> {}));
          }
          yield inPlace(type, lengths, file.at(address, byteSize, "a dataset"));
        }
        case CHUNKED ->
            new Dataset(type, lengths, layout, chunked(header, layout, lengths, type, byteSize));
        default -> throw layout.failure(1, "a data layout of class " + layout.uint8(1));
      };
    }

    private static Dataset inPlace(Datatype type, List<Long> lengths, FileBytes elements) {
      return new Dataset(type, lengths, elements, elements::segment);
    }

    private Content chunked(
        ObjectHeader header, FileBytes layout, List<Long> lengths, Datatype type, long byteSize)
        throws TensorFileException {
      Message filterMessage = header.find(Message.FILTERS);
      Filters filters =
          filterMessage == null ? new Filters(List.of()) : Filters.read(filterMessage.ownBody());
      long[] axes = lengths.stream().mapToLong(Long::longValue).toArray();
      boolean version3 = layout.uint8(0) == 3;
      long[] chunkLengths = chunkLengths(layout, axes.length, version3);
      long chunkSize = chunkSize(layout, chunkLengths, type.size());
      budget.take(layout, sizeOfChunks(axes, chunkLengths, chunkSize));
      // Every filter has a copy of a chunk beside the dataset while that is read.
      budget.take(layout, chunkSize * Math.max(filters.steps().size(), 1));
      int width = (int) type.size();
      Chunks chunks = new Chunks(file, axes, chunkLengths, width, filters);
      return version3
          ? tree(layout, chunks, byteSize)
          : single(layout, chunks, axes.length, chunkSize, byteSize);
    }

    private Content tree(FileBytes layout, Chunks chunks, long byteSize)
        throws TensorFileException {
      long address = layout.int64(3);
      return mapped.filled(byteSize, target -> chunks.readTree(address, target));
    }

    /**
     * The content of a dataset of one chunk, which version 4 of the layout keeps without a tree.
     */
    private Content single(FileBytes layout, Chunks chunks, int rank, long chunkSize, long byteSize)
        throws TensorFileException {
      int flags = layout.uint8(2);
      long at = 5L + (long) (rank + 1) * layout.uint8(4);
      int index = layout.uint8(at);
      if (index != SINGLE_CHUNK) {
        throw layout.failure(
            at, "chunks indexed by method " + index + "; 1 is known: rewrite it with h5repack");
      }
      boolean filtered = (flags & SINGLE_CHUNK_FILTERED) != 0;
      long size = filtered ? layout.int64(at + 1) : chunkSize;
      long mask = filtered ? layout.uint32(at + 9) : 0;
      FileBytes stored = file.at(layout.int64(at + (filtered ? 13 : 1)), size, "a chunk");
      return mapped.filled(
          byteSize, target -> chunks.readChunk(stored, mask, new long[rank], target));
    }

    private static long[] chunkLengths(FileBytes layout, int rank, boolean version3)
        throws TensorFileException {
      int announced = layout.uint8(version3 ? 2 : 3);
      int lengthSize = version3 ? 4 : layout.uint8(4);
      if (announced != rank + 1 || rank == 0 || Long.bitCount(lengthSize) != 1 || lengthSize > 8) {
        throw layout.failure(2, "chunks of " + (announced - 1) + " axes, the dataset has " + rank);
      }
      long[] lengths = new long[rank];
      for (int axis = 0; axis < rank; axis++) {
        long at = (version3 ? 11 : 5) + (long) axis * lengthSize;
        lengths[axis] = ObjectHeader.unsigned(layout, at, lengthSize);
      }
      return lengths;
    }

    /** The bytes of a chunk, which must be so few that deflated ones fit into the file. */
    private long chunkSize(FileBytes layout, long[] lengths, long width)
        throws TensorFileException {
      long size = width;
      long most = file.file().size() * ZlibStream.MOST_RATIO;
      for (long length : lengths) {
        if (length < 1 || length > most / size) {
          throw layout.failure(2, "chunks that have " + length + " elements along an axis");
        }
        size *= length;
      }
      return size;
    }

    /** What all chunks take: the dataset, what goes over the ends of its axes, and their places. */
    private static long sizeOfChunks(long[] lengths, long[] chunkLengths, long chunkSize) {
      long count = 1;
      for (int axis = 0; axis < lengths.length; axis++) {
        count *= Math.ceilDiv(lengths[axis], chunkLengths[axis]);
      }
      long each = chunkSize + CHUNK_MEMORY;
      return count > Long.MAX_VALUE / each ? Long.MAX_VALUE : count * each;
    }

    private static Message require(ObjectHeader header, int type, String what)
        throws TensorFileException {
      @Nullable Message message = header.find(type);
      if (message == null) {
        throw header.messages().get(0).body().failure(0, "a dataset without a " + what);
      }
      return message;
    }
  }
}
