package dev.tempera.vgg.format.tfjs;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.io.FileBytes;
import dev.tempera.io.JsonReader;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.element.MemoryBudget;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The list of weights in a {@code model.json}: the array {@code weightsManifest}. The rest of the
 * file, such as the topology, is passed over.
 */
final class Manifest {
  /** The member of the file that is the manifest. */
  static final String MEMBER = "weightsManifest";

  private static final int MOST_SHARDS = 4096;
  private static final int MOST_AXES = 64;
  private static final int GROUP_MEMORY = 512;

  private final FileBytes bytes;
  private final JsonReader json;
  private final MemoryBudget budget;
  private final List<ManifestGroup> groups = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Set<String> paths = new HashSet<>();

  private Manifest(FileBytes bytes) {
    this.bytes = bytes;
    this.json = new JsonReader(bytes);
    this.budget = new MemoryBudget(bytes);
  }

  /**
   * Reads a {@code model.json}.
   *
   * @throws TensorFileException if it is not JSON, or the manifest breaks a rule of the format
   */
  static Manifest read(FileBytes bytes) throws TensorFileException {
    Manifest manifest = new Manifest(bytes);
    manifest.readModel();
    return manifest;
  }

  /** The groups, in the order of the file. */
  List<ManifestGroup> groups() {
    return groups;
  }

  private void readModel() throws TensorFileException {
    json.expect('{');
    for (boolean first = true; json.next(first, '}'); first = false) {
      String key = json.text();
      json.expect(':');
      if (key.equals(MEMBER)) {
        json.expect('[');
        for (boolean firstGroup = true; json.next(firstGroup, ']'); firstGroup = false) {
          groups.add(readGroup());
        }
      } else {
        json.skipValue();
      }
    }
    json.end();
  }

  private ManifestGroup readGroup() throws TensorFileException {
    List<String> shards = new ArrayList<>();
    List<ManifestWeight> weights = new ArrayList<>();
    budget.take(bytes, null, json.position(), GROUP_MEMORY);
    json.expect('{');
    for (boolean first = true; json.next(first, '}'); first = false) {
      String key = json.text();
      json.expect(':');
      switch (key) {
        case "paths" -> readPaths(shards);
        case "weights" -> {
          json.expect('[');
          for (boolean firstWeight = true; json.next(firstWeight, ']'); firstWeight = false) {
            weights.add(readWeight());
          }
        }
        default -> json.skipValue();
      }
    }
    return new ManifestGroup(shards, weights);
  }

  private void readPaths(List<String> shards) throws TensorFileException {
    json.expect('[');
    for (boolean first = true; json.next(first, ']'); first = false) {
      String path = json.text();
      if (!paths.add(path) || paths.size() > MOST_SHARDS) {
        throw json.failure("a shard listed twice, or more than " + MOST_SHARDS + " of them");
      }
      shards.add(path);
    }
  }

  private ManifestWeight readWeight() throws TensorFileException {
    long position = json.position();
    String name = null;
    String dtype = null;
    List<Long> lengths = null;
    StoredForm form = null;
    json.expect('{');
    for (boolean first = true; json.next(first, '}'); first = false) {
      String key = json.text();
      json.expect(':');
      switch (key) {
        case "name" -> name = json.text();
        case "dtype" -> dtype = json.text();
        case "shape" -> lengths = readLengths();
        case "quantization" -> form = readForm();
        default -> json.skipValue();
      }
    }
    if (name == null || dtype == null || lengths == null) {
      throw bytes.failure(name, position, "a weight needs a name, a dtype and a shape");
    }
    budget.takeName(bytes, name);
    if (!names.add(name)) {
      throw bytes.failure(name, position, "the manifest names this tensor twice");
    }
    Shape shape = bytes.shape(name, position, lengths);
    return weight(name, dtype, shape, form, position);
  }

  private ManifestWeight weight(
      String name, String dtype, Shape shape, @Nullable StoredForm form, long position)
      throws TensorFileException {
    DType type =
        switch (dtype) {
          case "float32" -> DType.FLOAT32;
          case "float16" -> DType.FLOAT16;
          case "int32" -> DType.INT32;
          case "uint8" -> DType.UINT8;
          case "bool" -> DType.BOOL;
          default -> throw bytes.failure(name, position, unread("dtype", dtype));
        };
    if (form == null) {
      return new ManifestWeight(name, type, shape, null, position);
    }
    if (form.dtype.equals("float16")) {
      return new ManifestWeight(name, DType.FLOAT16, shape, null, position);
    }
    Quantization.Stored stored =
        switch (form.dtype) {
          case "uint8" -> Quantization.Stored.UINT8;
          case "uint16" -> Quantization.Stored.UINT16;
          default -> throw bytes.failure(name, position, unread("quantization", form.dtype));
        };
    if (type != DType.FLOAT32 && type != DType.INT32) {
      throw bytes.failure(name, position, "only float32 and int32 are quantised, not " + type);
    }
    Quantization quantization = new Quantization(stored, form.scale, form.minimum);
    return new ManifestWeight(name, type, shape, quantization, position);
  }

  private static String unread(String what, String found) {
    return what + " '" + TensorFileException.printable(found) + "' is not one that Tempera reads";
  }

  private List<Long> readLengths() throws TensorFileException {
    List<Long> lengths = new ArrayList<>();
    json.expect('[');
    for (boolean first = true; json.next(first, ']'); first = false) {
      lengths.add(json.wholeNumber());
      if (lengths.size() > MOST_AXES) {
        throw json.failure("more than " + MOST_AXES + " axes");
      }
    }
    return lengths;
  }

  /** How a manifest says that a tensor is stored in fewer bits. */
  private record StoredForm(String dtype, double scale, double minimum) {}

  private StoredForm readForm() throws TensorFileException {
    String dtype = "";
    double scale = 1;
    double minimum = 0;
    json.expect('{');
    for (boolean first = true; json.next(first, '}'); first = false) {
      String key = json.text();
      json.expect(':');
      switch (key) {
        case "dtype" -> dtype = json.text();
        case "scale" -> scale = json.number();
        case "min" -> minimum = json.number();
        default -> json.skipValue();
      }
    }
    return new StoredForm(dtype, scale, minimum);
  }
}
