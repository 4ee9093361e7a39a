package dev.tempera.vgg.format;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.lang.reflect.Array;
import java.util.Map;

/** Reads HDF5 files with jHDF. */
final class JhdfReading {
  private final OtherReading seen = new OtherReading();

  private JhdfReading() {}

  /** Datasets and text attributes by their paths. */
  static OtherReading byPath(byte[] content) {
    JhdfReading reading = new JhdfReading();
    try (HdfFile file = HdfFile.fromBytes(content)) {
      reading.addAttributes(file, "");
      reading.addChildren(file, "");
    }
    return reading.seen;
  }

  /** MATLAB's variables by their expressions. */
  static OtherReading ofMatlab(byte[] content) {
    JhdfReading reading = new JhdfReading();
    try (HdfFile file = HdfFile.fromBytes(content)) {
      for (Map.Entry<String, Node> variable : file.getChildren().entrySet()) {
        if (!variable.getKey().startsWith("#")) {
          reading.addVariable(file, variable.getValue(), variable.getKey());
        }
      }
    }
    return reading.seen;
  }

  private void addChildren(Group group, String prefix) {
    for (Map.Entry<String, Node> child : group.getChildren().entrySet()) {
      String path = prefix + child.getKey();
      addAttributes(child.getValue(), path);
      if (child.getValue() instanceof Dataset dataset) {
        addNumbers(dataset, path);
      } else if (child.getValue() instanceof Group inner) {
        addChildren(inner, path + "/");
      }
    }
  }

  private void addAttributes(Node node, String path) {
    for (Attribute attribute : node.getAttributes().values()) {
      if (attribute.getJavaType() == String.class && !attribute.isEmpty()) {
        Object data = attribute.getData();
        String text = data instanceof String[] lines ? String.join("\n", lines) : data.toString();
        seen.text(path + "@" + attribute.getName(), text);
      }
    }
  }

  private void addNumbers(Dataset dataset, String path) {
    if (isNumeric(dataset)) {
      Object flat = dataset.getDataFlat();
      int[] lengths = dataset.getDimensions();
      seen.numbers(path, lengths, index -> element(flat, place(index, lengths)));
    }
  }

  private void addVariable(HdfFile file, Node node, String path) {
    if (node instanceof Group structure) {
      for (Map.Entry<String, Node> field : structure.getChildren().entrySet()) {
        addVariable(file, field.getValue(), path + "." + field.getKey());
      }
    } else if (node instanceof Dataset dataset) {
      Object flat = dataset.getDataFlat();
      switch (dataset.getAttribute("MATLAB_class").getData().toString()) {
        case "cell" -> {
          for (int i = 0; i < dataset.getSize(); i++) {
            Node cell = file.getNodeByAddress((long) element(flat, i));
            addVariable(file, cell, path + "{" + (i + 1) + "}");
          }
        }
        case "char" -> {
          StringBuilder text = new StringBuilder();
          for (int i = 0; i < dataset.getSize(); i++) {
            text.append((char) element(flat, i));
          }
          seen.text(path, text.toString());
        }
        default -> {
          int[] stored = dataset.getDimensions();
          seen.numbers(
              path, reversed(stored), index -> element(flat, place(reversed(index), stored)));
        }
      }
    }
  }

  private static boolean isNumeric(Dataset dataset) {
    return dataset.getDataType() instanceof FloatingPoint
        || dataset.getDataType() instanceof FixedPoint;
  }

  private static double element(Object flat, int place) {
    Object element = flat.getClass().isArray() ? Array.get(flat, place) : flat;
    return ((Number) element).doubleValue();
  }

  private static int place(int[] index, int[] lengths) {
    int place = 0;
    for (int axis = 0; axis < index.length; axis++) {
      place = place * lengths[axis] + index[axis];
    }
    return place;
  }

  private static int[] reversed(int[] values) {
    int[] result = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[values.length - 1 - i];
    }
    return result;
  }
}
