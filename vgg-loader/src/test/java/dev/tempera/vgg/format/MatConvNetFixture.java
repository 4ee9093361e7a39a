package dev.tempera.vgg.format;

import dev.tempera.vgg.Layer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes a narrow VGG-shaped net as MatConvNet saves it. */
final class MatConvNetFixture {
  private static final int[][] BLOCKS = {{4, 5}, {6}};

  private final MatFixture mat = new MatFixture(ByteOrder.LITTLE_ENDIAN);
  private final Map<Layer, float[]> kernels = new TreeMap<>();
  private final List<byte[]> layers = new ArrayList<>();

  /** How a layer keeps its kernel and bias. */
  private enum Parameters {
    /** As two fields. */
    FILTERS_AND_BIASES,
    /** As two cells of one field. */
    WEIGHTS
  }

  private MatConvNetFixture(Parameters parameters) {
    int channels = 3;
    for (int block = 1; block <= BLOCKS.length; block++) {
      for (int index = 1; index <= BLOCKS[block - 1].length; index++) {
        int outputs = BLOCKS[block - 1][index - 1];
        Layer layer = Layer.conv(block, index);
        addConvolution(parameters, layer, channels, outputs);
        add(Layer.relu(block, index).toString(), "relu");
        channels = outputs;
      }
      add("pool" + block, "pool");
    }
  }

  /** The layout until 2015: variables {@code layers} and {@code normalization}. */
  static MatConvNetFixture old() {
    MatConvNetFixture net = new MatConvNetFixture(Parameters.FILTERS_AND_BIASES);
    MatFixture mat = net.mat;
    mat.addCompressed(mat.cell("layers", net.layers.toArray(byte[][]::new)));
    mat.addCompressed(net.normalization("normalization"));
    return net;
  }

  /** The layout since: a variable {@code net} with {@code layers} and {@code meta}. */
  static MatConvNetFixture current() {
    MatConvNetFixture net = new MatConvNetFixture(Parameters.WEIGHTS);
    MatFixture mat = net.mat;
    byte[] cells = mat.cell("", net.layers.toArray(byte[][]::new));
    byte[] meta = mat.struct("", new String[] {"normalization"}, net.normalization(""));
    mat.addCompressed(mat.struct("net", new String[] {"layers", "meta"}, cells, meta));
    return net;
  }

  byte[] toBytes() {
    return mat.toBytes();
  }

  /** The kernels as (kH, kW, Cin, Cout), the first axis fastest. */
  Map<Layer, float[]> kernels() {
    return kernels;
  }

  /** The biases of a layer with so many channels. */
  static float[] bias(int channels) {
    return MatFixture.ramp(channels);
  }

  private void addConvolution(Parameters parameters, Layer layer, int inputs, int outputs) {
    float[] values = MatFixture.ramp(9 * inputs * outputs);
    kernels.put(layer, values);
    byte[] filters = mat.floats("", new int[] {3, 3, inputs, outputs}, values);
    byte[] biases = mat.floats("", new int[] {1, outputs}, bias(outputs));
    byte[] name = mat.text("", layer.toString());
    byte[] type = mat.text("", "conv");
    layers.add(
        switch (parameters) {
          case FILTERS_AND_BIASES ->
              mat.struct(
                  "",
                  new String[] {"name", "type", "filters", "biases"},
                  name,
                  type,
                  filters,
                  biases);
          case WEIGHTS ->
              mat.struct(
                  "",
                  new String[] {"name", "type", "weights"},
                  name,
                  type,
                  mat.cell("", filters, biases));
        });
  }

  private void add(String name, String type) {
    layers.add(
        mat.struct("", new String[] {"name", "type"}, mat.text("", name), mat.text("", type)));
  }

  /** The mean image, two pixels of mean colour (120, 110, 100). */
  private byte[] normalization(String name) {
    byte[] image = mat.floats("", new int[] {2, 1, 3}, 119, 121, 110, 110, 99, 101);
    return mat.struct(name, new String[] {"averageImage"}, image);
  }
}
