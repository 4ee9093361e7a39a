package dev.tempera.vgg.format;

import static dev.tempera.vgg.format.Hdf5Fixture.buffer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.hdf5.Hdf5;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** HDF5 files made to take much memory or time. */
@SuppressWarnings("ByteBufferBackingArray") // All buffers are made by allocate.
class HostileHdf5FilesTest {
  private static final int CONTINUATION = 16;
  private static final int ATTRIBUTE_IN_HEAP_SIZE = 16;

  private final DamageCheck check = new DamageCheck(Hdf5::read);

  private static TensorFile read(byte[] content) throws TensorFileException {
    return Hdf5.read(MappedFile.of(Path.of("net.h5"), content));
  }

  private static void assertRefused(byte[] content, String problem) {
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> read(content))
        .withMessageContaining(problem);
  }

  /** Replaces bytes that occur once. */
  private static void replace(byte[] file, ByteBuffer from, ByteBuffer to) {
    String before = new String(from.array(), StandardCharsets.ISO_8859_1);
    String text = new String(file, StandardCharsets.ISO_8859_1);
    int at = text.indexOf(before);
    assertThat(at).isNotNegative().isEqualTo(text.lastIndexOf(before));
    System.arraycopy(to.array(), 0, file, at, to.capacity());
  }

  @Test
  void aChunkInflatesToNoMoreThanItHolds() throws TensorFileException {
    int stored = 10_000_019;
    int announced = 18;
    int[] lengths = {stored};
    Hdf5Fixture hdf5 = new Hdf5Fixture();
    byte[] type = Hdf5Fixture.float32(ByteOrder.LITTLE_ENDIAN);
    long dataset = hdf5.deflated(type, lengths, lengths, new byte[stored * Float.BYTES]);
    byte[] file = hdf5.toBytes(hdf5.group(Map.of("w", dataset)), new byte[0]);
    replace(file, buffer(8).putLong(stored), buffer(8).putLong(announced));
    replace(file, buffer(4).putInt(stored), buffer(4).putInt(announced));
    check.readOrRefuse(file);
    try (TensorFile tensors = read(file)) {
      assertThat(tensors.entry("w").toFloats()).isEqualTo(new float[announced]);
    }
  }

  @Test
  void aHeaderThatContinuesInItselfEnds() {
    Hdf5Fixture hdf5 = new Hdf5Fixture();
    long address = hdf5.append(new byte[0]);
    byte[] continuation = buffer(16).putLong(address + 16).putLong(24).array();
    byte[] message = Hdf5Fixture.message(CONTINUATION, continuation);
    ByteBuffer header = buffer(16 + message.length).putShort((short) 1).putShort((short) 1);
    hdf5.append(header.putInt(1).putInt(message.length).putInt(0).put(message).array());
    byte[] file = hdf5.toBytes(hdf5.group(Map.of("g", address)), new byte[0]);
    check.readOrRefuse(file);
    assertRefused(file, "an object header of more than 1024 blocks");
  }

  @Test
  void aTreeThatContainsItselfIsRefused() {
    byte[] file = Hdf5Fixture.keras();
    int root = new String(file, StandardCharsets.ISO_8859_1).lastIndexOf("TREE");
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(root + 5, (byte) 1).putLong(root + 32, root);
    check.readOrRefuse(file);
    assertRefused(file, "a node of another tree, or of level 1 in another place");
  }

  /** Groups that link to one another twice: 2²⁴ paths. */
  @Test
  void groupsAreVisitedOnce() {
    Hdf5Fixture hdf5 = new Hdf5Fixture();
    long group = hdf5.group(Map.of());
    for (int i = 0; i < 24; i++) {
      group = hdf5.group(Map.of("a", group, "b", group));
    }
    check.readOrRefuse(hdf5.toBytes(group, new byte[0]));
  }

  @Test
  void oneTextThatManyAttributesShareIsNotCopiedWithoutEnd() {
    int size = 1 << 20;
    int count = 4000;
    Hdf5Fixture hdf5 = new Hdf5Fixture();
    ByteBuffer heap = buffer(48 + size).put("GCOL".getBytes(StandardCharsets.US_ASCII));
    heap.putInt(1).putLong(48 + size);
    heap.putShort((short) 1).putShort((short) 1).putInt(0).putLong(size);
    Arrays.fill(heap.array(), 32, 32 + size, (byte) 'x');
    long address = hdf5.append(heap.array());
    ByteBuffer type =
        buffer(16).putInt(0x119).putInt(ATTRIBUTE_IN_HEAP_SIZE).putInt(0x13).putInt(1);
    ByteBuffer references = buffer(16 * count);
    for (int i = 0; i < count; i++) {
      references.putInt(size).putLong(address).putInt(1);
    }
    byte[] attribute =
        Hdf5Fixture.attribute("texts", type.array(), new int[] {count}, references.array());
    byte[] file = hdf5.toBytes(hdf5.group(Map.of(), attribute), new byte[0]);
    check.readOrRefuse(file);
    assertRefused(file, "more than are allowed for a file of " + file.length);
  }
}
