package dev.tempera.vgg.format;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tempera.io.Safetensors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzz target: safetensors files of any bytes. */
class SafetensorsFuzzTest extends FuzzTarget {
  SafetensorsFuzzTest() {
    super(Safetensors::read);
  }

  static Stream<byte[]> seeds() {
    byte[] header =
        """
        {"__metadata__":{"source":"h\\u00e9re"},"w":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}}
        """
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(16 + header.length).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(header.length).put(header).putFloat(1).putFloat(-2);
    return Stream.of(file.array());
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void readsOrRefuses(byte[] content) {
    readOrRefuse(content);
  }
}
