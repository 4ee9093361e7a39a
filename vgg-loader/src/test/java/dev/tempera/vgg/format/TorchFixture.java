package dev.tempera.vgg.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Builds files in both forms that {@code torch.save} has had, around a pickle and some storages,
 * for tests.
 */
final class TorchFixture {
  /** The magic number 0x1950a86a20f9469cfc6c, little-endian. */
  private static final byte[] MAGIC = {
    0x6C, (byte) 0xFC, (byte) 0x9C, 0x46, (byte) 0xF9, 0x20, 0x6A, (byte) 0xA8, 0x50, 0x19
  };

  private final byte[] pickle;
  private final Map<String, byte[]> storages = new LinkedHashMap<>();
  private final Map<String, Long> counts = new LinkedHashMap<>();

  TorchFixture(byte[] pickle) {
    this.pickle = pickle;
  }

  /** Adds a storage of so many elements. */
  TorchFixture storage(String key, long count, byte[] content) {
    storages.put(key, content);
    counts.put(key, count);
    return this;
  }

  /**
   * A state dict of three tensors, two of them views of one storage, with a number and a nested
   * dict beside them.
   */
  static TorchFixture sample() {
    byte[] pickle =
        new PickleWriter()
            .emptyDict()
            .mark()
            .text("epoch")
            .integer(20)
            .text("model")
            .global("collections", "OrderedDict")
            .emptyTuple()
            .reduce()
            .mark()
            .text("conv1.weight")
            .tensor()
            .storage("FloatStorage", "0", 24)
            .endTensor(0, new long[] {2, 3, 2}, new long[] {6, 2, 1})
            .text("conv1.transposed")
            .tensor()
            .storage("FloatStorage", "0", 24)
            .endTensor(12, new long[] {3, 4}, new long[] {1, 3})
            .text("conv1.steps")
            .tensor()
            .storage("LongStorage", "1", 1)
            .endTensor(0, new long[] {}, new long[] {})
            .setItems()
            .emptyDict()
            .mark()
            .text("_metadata")
            .none()
            .setItems()
            .build()
            .setItems()
            .stop();
    ByteBuffer floats = ByteBuffer.allocate(96).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 24; i++) {
      floats.putFloat(i * 0.25f);
    }
    byte[] steps = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(3752).array();
    return new TorchFixture(pickle).storage("0", 24, floats.array()).storage("1", 1, steps);
  }

  /** The pickle. */
  byte[] pickle() {
    return pickle;
  }

  /** The same storages around another pickle. */
  TorchFixture withPickle(byte[] other) {
    TorchFixture result = new TorchFixture(other);
    result.storages.putAll(storages);
    result.counts.putAll(counts);
    return result;
  }

  /** The form since PyTorch 1.6. */
  byte[] zip() {
    return zip(ZipEntry.STORED, "little");
  }

  /** The form since PyTorch 1.6, with a compression method and a byte order. */
  byte[] zip(int method, String byteOrder) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("net/data.pkl", pickle);
    entries.put("net/byteorder", byteOrder.getBytes(StandardCharsets.US_ASCII));
    storages.forEach((key, content) -> entries.put("net/data/" + key, content));
    entries.put("net/version", new byte[] {'3', '\n'});
    return zip(method, entries);
  }

  /** A zip archive with these entries. */
  static byte[] zip(int method, Map<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> item : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(item.getKey());
        entry.setMethod(method);
        entry.setTime(0);
        if (method == ZipEntry.STORED) {
          CRC32 checksum = new CRC32();
          checksum.update(item.getValue());
          entry.setSize(item.getValue().length);
          entry.setCrc(checksum.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(item.getValue());
        zip.closeEntry();
      }
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    return bytes.toByteArray();
  }

  /** The form before PyTorch 1.6. */
  byte[] legacy() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new PickleWriter().raw(0x8A, MAGIC.length).bytes(MAGIC).stop());
    bytes.writeBytes(new PickleWriter().integer(1001).stop());
    PickleWriter machine = new PickleWriter().emptyDict().mark();
    bytes.writeBytes(machine.text("little_endian").raw(0x88).setItems().stop());
    bytes.writeBytes(pickle);
    PickleWriter keys = new PickleWriter().emptyList().mark();
    storages.keySet().forEach(keys::text);
    bytes.writeBytes(keys.appends().stop());
    storages.forEach(
        (key, content) -> {
          ByteBuffer count = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
          bytes.writeBytes(count.putLong(counts.getOrDefault(key, 0L)).array());
          bytes.writeBytes(content);
        });
    return bytes.toByteArray();
  }
}
