package dev.tempera.vgg.format.numpy;

import dev.tempera.io.FileBytes;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.element.MemoryBudget;
import dev.tempera.vgg.format.pickle.PickleMachine;
import dev.tempera.vgg.format.pickle.PickleTree;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads {@code .npy} files whose one array holds Python objects, as weights converted from Caffe
 * do: a dict of lists or of dicts of arrays. The objects are a pickle, which is read from an
 * allow-list of names and runs no code. Tensors are named by keys and indices joined by slashes:
 * {@code conv1_1/0}, {@code conv1_1/weights}.
 */
public final class NumpyObjects {
  /** The name of the format. */
  public static final String FORMAT = "npy of Python objects";

  private static final byte[] MARK = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LENGTH_POSITION = 8;
  private static final int LONGEST_HEADER = 1024;
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '\\|O', 'fortran_order': (?:True|False), 'shape': \\([0-9L, ]*\\),? *\\}\\s*");

  private NumpyObjects() {}

  /** Whether a file starts as {@code .npy} files of objects do. */
  public static boolean recognises(MappedFile file) throws TensorFileException {
    FileBytes bytes = file.as(FORMAT);
    if (!bytes.startsWith(0, MARK) || bytes.size() < LENGTH_POSITION + Integer.BYTES) {
      return false;
    }
    long end = pickleStart(bytes);
    if (end > Math.min(bytes.size(), LONGEST_HEADER)) {
      return false;
    }
    long start = headerStart(bytes);
    String header = bytes.text(start, end - start, StandardCharsets.ISO_8859_1, "the header");
    return HEADER.matcher(header).matches();
  }

  /**
   * Reads a mapped file, which belongs to the result from then on.
   *
   * @throws TensorFileException if it is damaged or holds more than arrays and plain data
   */
  public static TensorFile read(MappedFile file) throws TensorFileException {
    FileBytes bytes = file.as(FORMAT);
    if (!recognises(file)) {
      throw bytes.failure(0, "the header is not that of an array of objects");
    }
    long start = pickleStart(bytes);
    MemoryBudget budget = new MemoryBudget(bytes);
    PickleMachine.Result pickled = PickleMachine.run(bytes, start, new NumpyGlobals(file), budget);
    if (pickled.end() != bytes.size()) {
      throw bytes.failure(pickled.end(), "the file goes on after its pickle");
    }
    FileBytes pickle = bytes.slice(start, pickled.end() - start, "the pickle");
    PickleTree<NumpyArray> tree =
        PickleTree.of(pickled.value(), pickle, NumpyArray.class, "/", budget);
    Map<String, TensorEntry> entries = new LinkedHashMap<>();
    for (Map.Entry<String, NumpyArray> array : tree.tensors().entrySet()) {
      entries.put(array.getKey(), array.getValue().toEntry(array.getKey(), file, budget));
    }
    return new TensorFile(FORMAT, file, entries, tree.metadata());
  }

  private static int headerStart(FileBytes bytes) throws TensorFileException {
    return LENGTH_POSITION + (isVersion1(bytes) ? Short.BYTES : Integer.BYTES);
  }

  private static long pickleStart(FileBytes bytes) throws TensorFileException {
    long length = isVersion1(bytes) ? bytes.uint16(LENGTH_POSITION) : bytes.uint32(LENGTH_POSITION);
    return headerStart(bytes) + length;
  }

  private static boolean isVersion1(FileBytes bytes) throws TensorFileException {
    return bytes.uint8(MARK.length) == 1;
  }
}
