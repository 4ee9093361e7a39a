package dev.tempera.bench.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keras' {@code vgg19_weights_tf_dim_ordering_tf_kernels.h5}: a group a layer with two datasets,
 * HDF5 as h5py writes it by default (superblock 0, symbol tables).
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t2.html">HDF5 File
 *     Format Specification 2.0</a>
 */
final class KerasVgg19 {
  private static final int SUPERBLOCK_SIZE = 96;
  private static final int DATASPACE = 1;
  private static final int DATATYPE = 3;
  private static final int LAYOUT = 8;
  private static final int SYMBOL_TABLE = 17;
  private static final int LEAF_SIZE = 32;

  private final List<Content> parts = new ArrayList<>();
  private long end = SUPERBLOCK_SIZE;

  private KerasVgg19() {}

  static Content file(List<Vgg19.Layer> layers) {
    KerasVgg19 hdf5 = new KerasVgg19();
    Map<String, Long> groups = new TreeMap<>();
    for (Vgg19.Layer layer : layers) {
      String name = layer.kerasName();
      Map<String, Long> tensors = new TreeMap<>();
      tensors.put(name + "_W_1:0", hdf5.dataset(layer.weights(), layer.channelsLastShape()));
      tensors.put(name + "_b_1:0", hdf5.dataset(layer.outputs(), layer.outputs()));
      groups.put(name, hdf5.group(tensors));
    }
    long root = hdf5.group(groups);
    List<Content> file = new ArrayList<>();
    file.add(hdf5.superblock(root));
    file.addAll(hdf5.parts);
    return Content.join(file);
  }

  private Content superblock(long root) {
    return new LittleEndian()
        .int8(0x89)
        .text("HDF\r\n\u001a\n")
        .int8(0, 0, 0, 0, 0, 8, 8, 0)
        .int16(LEAF_SIZE / 2, 16)
        .int32(0)
        .int64(0, -1, end, -1, 0, root, 0, 0, 0)
        .toContent();
  }

  private long append(Content content) {
    long address = end;
    Content padded = content.padded();
    parts.add(padded);
    end += padded.size();
    return address;
  }

  private long dataset(long count, long... shape) {
    long address = append(Content.floats(count));
    LittleEndian space = new LittleEndian().int8(1, shape.length, 0, 0, 0, 0, 0, 0).int64(shape);
    LittleEndian type =
        new LittleEndian().int8(0x11, 0x20, 0x1F, 0).int32(4).int16(0, 32).int8(23, 8, 0, 23);
    LittleEndian layout = new LittleEndian().int8(3, 1).int64(address, count * Float.BYTES);
    return header(
        message(DATASPACE, space), message(DATATYPE, type.int32(127)), message(LAYOUT, layout));
  }

  /** A group: a symbol table node or two under a B-tree, and a heap of names. */
  private long group(Map<String, Long> links) {
    LittleEndian names = new LittleEndian().int64(0);
    LittleEndian tree = new LittleEndian();
    LittleEndian symbols = new LittleEndian();
    List<Long> nodes = new ArrayList<>();
    int inNode = 0;
    int last = 0;
    tree.int64(0);
    for (Map.Entry<String, Long> link : links.entrySet()) {
      last = names.size();
      symbols.int64(last, link.getValue(), 0, 0, 0);
      names.text(link.getKey()).int8(0).pad();
      if (++inNode == LEAF_SIZE || nodes.size() * LEAF_SIZE + inNode == links.size()) {
        LittleEndian node = new LittleEndian().text("SNOD").int8(1, 0).int16(inNode);
        nodes.add(append(node.raw(symbols.toBytes()).toContent()));
        tree.int64(nodes.getLast(), last);
        symbols = new LittleEndian();
        inNode = 0;
      }
    }
    LittleEndian head = new LittleEndian().text("TREE").int8(0, 0).int16(nodes.size());
    long root = append(head.int64(-1, -1).raw(tree.toBytes()).toContent());
    long data = append(names.toContent());
    LittleEndian heap = new LittleEndian().text("HEAP").int32(0);
    long heapAddress = append(heap.int64(names.size(), 1, data).toContent());
    return header(message(SYMBOL_TABLE, new LittleEndian().int64(root, heapAddress)));
  }

  private long header(Content... messages) {
    Content body = Content.join(messages);
    LittleEndian prefix = new LittleEndian().int8(1, 0).int16(messages.length);
    return append(Content.join(prefix.int32(1, body.size(), 0).toContent(), body));
  }

  private static Content message(int type, LittleEndian body) {
    body.pad();
    return new LittleEndian().int16(type, body.size()).int32(0).raw(body.toBytes()).toContent();
  }
}
