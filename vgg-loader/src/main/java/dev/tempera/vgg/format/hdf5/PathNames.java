package dev.tempera.vgg.format.hdf5;

import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.element.ElementType;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Knows datasets by their paths, such as {@code conv1/kernel:0}, and attributes by path and name,
 * such as {@code conv1@weight_names}.
 */
final class PathNames {
  private final ObjectWalk walk;
  private final Set<Long> groups = new HashSet<>();

  private PathNames(ObjectWalk walk) {
    this.walk = walk;
  }

  /**
   * Collects everything below the root group.
   *
   * @throws TensorFileException if it is damaged
   */
  static void collect(ObjectWalk walk, long root) throws TensorFileException {
    new PathNames(walk).add(root, "", 0);
  }

  private void add(long address, String path, int depth) throws TensorFileException {
    ObjectHeader header = walk.header(address, path, depth);
    for (Map.Entry<String, String> attribute : walk.attributes(header).entrySet()) {
      walk.addText(path + "@" + attribute.getKey(), attribute.getValue());
    }
    if (header.isDataset()) {
      Dataset dataset = walk.dataset(header);
      ElementType type = dataset.type().element();
      if (type == null) {
        walk.addText(path, "a dataset of " + dataset.type().size() + "-byte elements, not read");
      } else {
        walk.addTensor(path, dataset, type, dataset.lengths(), false);
      }
    } else if (groups.add(address)) {
      for (Map.Entry<String, Long> link : walk.links(header).entrySet()) {
        String name = path.isEmpty() ? link.getKey() : path + "/" + link.getKey();
        add(link.getValue(), name, depth + 1);
      }
    }
  }
}
