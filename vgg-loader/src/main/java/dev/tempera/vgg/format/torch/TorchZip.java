package dev.tempera.vgg.format.torch;

import dev.tempera.io.FileBytes;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.io.zip.ZipArchive;
import dev.tempera.vgg.format.element.ElementType;
import dev.tempera.vgg.format.element.MemoryBudget;
import dev.tempera.vgg.format.pickle.PickleMachine;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code torch.save} writes since PyTorch 1.6: a zip archive with the state dict in
 * {@code data.pkl} and each storage in an entry of its own, {@code data/0}, {@code data/1} and so
 * on, all in one folder.
 */
public final class TorchZip {
  /** The name of the format. */
  public static final String FORMAT = "PyTorch zip";

  private static final String PICKLE = "/data.pkl";

  private final MappedFile file;
  private final ZipArchive archive;
  private final String folder;

  private TorchZip(MappedFile file, ZipArchive archive, String folder) {
    this.file = file;
    this.archive = archive;
    this.folder = folder;
  }

  /** Whether a file starts as these files do; so does every zip archive. */
  public static boolean recognises(MappedFile file) {
    return ZipArchive.recognises(file);
  }

  /**
   * Reads a mapped file, which belongs to the result from then on.
   *
   * @throws TensorFileException if it is damaged or holds more than tensors and plain data
   */
  public static TensorFile read(MappedFile file) throws TensorFileException {
    ZipArchive archive = ZipArchive.open(file, FORMAT);
    String pickleName = null;
    for (String name : archive.names()) {
      if (name.endsWith(PICKLE) && name.indexOf('/') == name.length() - PICKLE.length()) {
        if (pickleName != null) {
          throw file.as(FORMAT).failure(0, "the archive has a data.pkl in two folders");
        }
        pickleName = name;
      }
    }
    if (pickleName == null) {
      throw file.as(FORMAT).failure(0, "the archive has no data.pkl, so PyTorch did not write it");
    }
    String folder = pickleName.substring(0, pickleName.length() - PICKLE.length() + 1);
    return new TorchZip(file, archive, folder).read(archive.bytes(pickleName));
  }

  private TensorFile read(FileBytes pickle) throws TensorFileException {
    TorchGlobals globals = new TorchGlobals();
    MemoryBudget budget = new MemoryBudget(file.as(FORMAT));
    Object root = PickleMachine.run(pickle, 0, globals, budget).value();
    ByteOrder order = byteOrder();
    return TorchEntries.assemble(
        FORMAT,
        file,
        TorchEntries.stateDict(root, pickle, budget),
        (storage, tensor) -> locate(storage, tensor, order));
  }

  private ByteOrder byteOrder() throws TensorFileException {
    String name = folder + "byteorder";
    if (!archive.names().contains(name)) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    FileBytes content = archive.bytes(name);
    String order = content.text(0, content.size(), StandardCharsets.ISO_8859_1, "the byte order");
    return switch (order) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default ->
          throw content.failure(
              0, "byte order '" + TensorFileException.printable(order) + "', not little or big");
    };
  }

  private StorageBytes locate(TorchStorage storage, @Nullable String tensor, ByteOrder order)
      throws TensorFileException {
    String name = folder + "data/" + storage.key();
    if (!archive.names().contains(name)) {
      throw file.as(FORMAT)
          .failure(
              tensor,
              file.size(),
              "the archive lacks its storage '" + TensorFileException.printable(name) + "'");
    }
    FileBytes stored = archive.stored(name);
    if (archive.size(name) != storage.byteSize()) {
      throw stored.failure(
          tensor,
          0,
          "its storage has "
              + archive.size(name)
              + " bytes, "
              + storage.count()
              + " elements of "
              + storage.dtype()
              + " are announced");
    }
    ElementType type = new ElementType(storage.dtype(), storage.dtype().byteSize(), order);
    return new StorageBytes(
        stored.fileOffset(0), type.elements(file, archive.content(name), storage.count()));
  }
}
