package dev.tempera.io.zip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipArchiveTest {
  private static final byte[] CONTENT = "hello hello hello hello".getBytes(UTF_8);

  @TempDir Path folder;

  /** One entry of an archive; a test changes what it wants wrong. */
  private static final class Entry {
    private final String name;
    private String localName;
    private int flags;
    private int method;
    private byte[] stored = CONTENT;
    private long size = CONTENT.length;
    private long crc32 = crc32(CONTENT);
    private boolean zip64;
    private long displacement;

    Entry(String name) {
      this.name = name;
      this.localName = name;
    }

    Entry deflated() {
      Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
      deflater.setInput(CONTENT);
      deflater.finish();
      byte[] buffer = new byte[100];
      int length = deflater.deflate(buffer);
      deflater.end();
      stored = Arrays.copyOf(buffer, length);
      method = ZipEntry.DEFLATED;
      return this;
    }
  }

  private static long crc32(byte[] bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    return checksum.getValue();
  }

  private static byte[] archive(Entry... entries) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ByteArrayOutputStream directory = new ByteArrayOutputStream();
    for (Entry entry : entries) {
      long position = file.size();
      byte[] name = entry.localName.getBytes(UTF_8);
      byte[] header = new byte[30 + name.length];
      littleEndian(header)
          .put(new byte[] {'P', 'K', 3, 4})
          .putShort(26, (short) name.length)
          .put(30, name);
      file.writeBytes(header);
      file.writeBytes(entry.stored);
      directory.writeBytes(directoryEntry(entry, position + entry.displacement));
    }
    byte[] endRecord = new byte[22];
    ByteBuffer end = littleEndian(endRecord).put(new byte[] {'P', 'K', 5, 6});
    end.putShort(8, (short) entries.length).putShort(10, (short) entries.length);
    end.putInt(12, directory.size()).putInt(16, file.size());
    file.writeBytes(directory.toByteArray());
    file.writeBytes(endRecord);
    return file.toByteArray();
  }

  private static byte[] directoryEntry(Entry entry, long position) {
    byte[] name = entry.name.getBytes(UTF_8);
    int extra = entry.zip64 ? 6 + 28 : 0;
    byte[] record = new byte[46 + name.length + extra];
    ByteBuffer bytes = littleEndian(record).put(new byte[] {'P', 'K', 1, 2});
    bytes.putShort(8, (short) entry.flags).putShort(10, (short) entry.method);
    bytes.putInt(16, (int) entry.crc32);
    bytes.putInt(20, entry.zip64 ? -1 : entry.stored.length);
    bytes.putInt(24, entry.zip64 ? -1 : (int) entry.size);
    bytes.putShort(28, (short) name.length).putShort(30, (short) extra);
    bytes.putInt(42, entry.zip64 ? -1 : (int) position).put(46, name);
    if (entry.zip64) {
      bytes.position(46 + name.length).putShort((short) 0x5455).putShort((short) 2);
      bytes.putShort((short) 0).putShort((short) 1).putShort((short) 24);
      bytes.putLong(entry.size).putLong(entry.stored.length).putLong(position);
    }
    return record;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private byte[] read(byte[] archive, String name) throws IOException {
    Path path = Files.write(folder.resolve("a.zip"), archive);
    try (MappedFile file = MappedFile.open(path)) {
      return ZipArchive.open(file, "zip").content(name).read().toArray(ValueLayout.JAVA_BYTE);
    }
  }

  private void assertRefused(byte[] archive, String problem) {
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> read(archive, "a"))
        .withMessageContaining(problem)
        .satisfies(e -> assertThat(e.byteOffset()).isBetween(0L, (long) archive.length));
  }

  @Test
  void readsStoredDeflatedAndZip64Entries() throws IOException {
    Entry far = new Entry("c");
    far.zip64 = true;
    byte[] archive = archive(new Entry("a"), new Entry("b").deflated(), far);
    assertThat(read(archive, "a")).isEqualTo(CONTENT);
    assertThat(read(archive, "b")).isEqualTo(CONTENT);
    assertThat(read(archive, "c")).isEqualTo(CONTENT);
  }

  @Test
  void findsTheEndBeforeAComment() throws IOException {
    byte[] archive = archive(new Entry("a"));
    byte[] comment = "PK\5\6 a comment".getBytes(UTF_8);
    byte[] longer = Arrays.copyOf(archive, archive.length + comment.length);
    littleEndian(longer)
        .put(archive.length, comment)
        .putShort(archive.length - 2, (short) comment.length);
    assertThat(read(longer, "a")).isEqualTo(CONTENT);
  }

  @Test
  void refusesWhatItCannotDecode() {
    Entry encrypted = new Entry("a");
    encrypted.flags = 1;
    assertRefused(archive(encrypted), "encrypted, or compressed by method 0");
    Entry unknown = new Entry("a");
    unknown.method = 14;
    assertRefused(archive(unknown), "encrypted, or compressed by method 14");
  }

  @Test
  void refusesEntriesThatContradictThemselves() {
    assertRefused(archive(new Entry("a"), new Entry("a")), "two entries named 'a'");
    assertRefused(archive(new Entry("b")), "no entry named 'a'");
    Entry renamed = new Entry("a");
    renamed.localName = "b";
    assertRefused(archive(renamed), "its header names another entry");
    Entry larger = new Entry("a");
    larger.size = 100;
    assertRefused(archive(larger), "stored in 23 bytes, and 100 long");
    Entry negative = new Entry("a");
    negative.zip64 = true;
    negative.size = -1;
    assertRefused(archive(negative), "an entry of 18446744073709551615 bytes");
    Entry outside = new Entry("a").deflated();
    outside.size = Integer.MAX_VALUE;
    outside.displacement = 1000;
    assertRefused(archive(outside), "an entry starts at byte 1000 of a file of");
  }

  @Test
  void refusesDeflatedBytesThatAreNotWhatTheyShouldBe() {
    for (long wrong : new long[] {0, CONTENT.length - 1, CONTENT.length + 1, 100_000}) {
      Entry entry = new Entry("a").deflated();
      entry.size = wrong;
      assertRefused(archive(entry), "do not give the " + wrong + " bytes announced");
    }
    Entry changed = new Entry("a").deflated();
    changed.crc32 ^= 1;
    assertRefused(archive(changed), "the checksum of the inflated bytes is wrong");
    Entry cut = new Entry("a").deflated();
    cut.stored = Arrays.copyOf(cut.stored, cut.stored.length - 2);
    assertRefused(archive(cut), "do not give the 23 bytes announced");
    Entry bomb = new Entry("a").deflated();
    bomb.size = Integer.MAX_VALUE;
    assertRefused(archive(bomb), "would inflate to more than");
  }

  @Test
  void refusesABrokenDirectory() {
    byte[] archive = archive(new Entry("a"));
    byte[] count = archive.clone();
    count[count.length - 12] = 2;
    assertRefused(count, "the directory has 1 entries, its end record says 2");
    byte[] shared = archive(new Entry("a"), new Entry("b"));
    int compressedSizeOfLast = shared.length - 22 - 47 + 20;
    littleEndian(shared).putInt(compressedSizeOfLast, shared.length - 22);
    assertRefused(shared, "have more bytes together than the archive");
    byte[] outside = archive.clone();
    outside[outside.length - 4] = 127;
    assertRefused(outside, "the zip directory takes 47 bytes");
    assertRefused(new byte[] {'P', 'K', 3, 4}, "the end record is missing");
  }
}
