package dev.tempera.bench.weights;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** TensorFlow.js: {@code model.json} and shards of 4 MiB beside it. */
final class TfjsVgg19 {
  private static final long SHARD_SIZE = 4 << 20;

  private TfjsVgg19() {}

  static void write(Path model, List<Vgg19.Layer> layers) throws IOException {
    List<String> tensors = new ArrayList<>();
    long floats = 0;
    for (Vgg19.Layer layer : layers) {
      String name = layer.kerasName();
      tensors.add(tensor(name + "/kernel", layer.channelsLastShape()));
      tensors.add(tensor(name + "/bias", layer.outputs()));
      floats += layer.weights() + layer.outputs();
    }
    List<String> shards = writeShards(model, floats * Float.BYTES);
    String paths = shards.stream().collect(Collectors.joining("\", \"", "\"", "\""));
    Files.writeString(
        model,
        "{\"format\": \"layers-model\", \"weightsManifest\": [{\"paths\": ["
            + paths
            + "], \"weights\": ["
            + String.join(", ", tensors)
            + "]}]}");
  }

  private static String tensor(String name, long... shape) {
    return "{\"name\": \""
        + name
        + "\", \"shape\": "
        + Arrays.toString(shape)
        + ", \"dtype\": \"float32\"}";
  }

  private static List<String> writeShards(Path model, long bytes) throws IOException {
    int count = (int) ((bytes + SHARD_SIZE - 1) / SHARD_SIZE);
    List<String> names = new ArrayList<>();
    for (int shard = 0; shard < count; shard++) {
      String name = "group1-shard" + (shard + 1) + "of" + count + ".bin";
      names.add(name);
      long size = Math.min(SHARD_SIZE, bytes - shard * SHARD_SIZE);
      try (OutputStream out =
          new BufferedOutputStream(Files.newOutputStream(model.resolveSibling(name)))) {
        Content.floats(size / Float.BYTES).write(out);
      }
    }
    return names;
  }
}
