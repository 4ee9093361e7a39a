package dev.tempera.vgg.format.onnx;

import dev.tempera.io.FileBytes;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.catalogue.TensorCatalogue;
import dev.tempera.vgg.format.element.MemoryBudget;
import dev.tempera.vgg.format.protobuf.ProtobufFields;
import dev.tempera.vgg.format.protobuf.WireType;

/**
 * Reads ONNX models: the initialisers of the main graph and the tensors of its Constant nodes,
 * under their names. The metadata has {@code producer}, {@code opset} and {@code graph}, and for
 * the N-th convolution, counted from 0 in the graph's order, {@code conv@N}: the names of its
 * weight and its bias, one per line, with {@code conv@N.kernel_shape}, {@code conv@N.strides} and
 * {@code conv@N.pads} where the model states them.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">ONNX's definition of its
 *     messages</a>
 */
public final class Onnx {
  /** The name of the format. */
  public static final String FORMAT = "ONNX";

  private static final int IR_VERSION = 1;
  private static final int PRODUCER = 2;
  private static final int PRODUCER_VERSION = 3;
  private static final int GRAPH = 7;
  private static final int OPERATOR_SET = 8;
  private static final int OPERATOR_SET_DOMAIN = 1;
  private static final int OPERATOR_SET_VERSION = 2;
  private static final int MOST_FIELDS_BEFORE_GRAPH = 256;

  private final TensorCatalogue catalogue;
  private String producer = "";
  private String producerVersion = "";
  private boolean anyGraph;

  private Onnx(TensorCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * Whether a file starts as a model's message does: with the version of the format, and in time
   * with a graph or a set of operators.
   */
  public static boolean recognises(MappedFile file) {
    try {
      ProtobufFields fields =
          new ProtobufFields(file.as(FORMAT), new MemoryBudget(file.as(FORMAT)));
      if (!fields.next() || !fields.is(IR_VERSION, WireType.VARINT)) {
        return false;
      }
      for (int i = 0; i < MOST_FIELDS_BEFORE_GRAPH && fields.next(); i++) {
        if (fields.is(GRAPH, WireType.LENGTH_DELIMITED)
            || fields.is(OPERATOR_SET, WireType.LENGTH_DELIMITED)) {
          return true;
        }
      }
      return false;
    } catch (TensorFileException notWellFormed) {
      return false;
    }
  }

  /**
   * Reads a mapped file, which belongs to the result from then on.
   *
   * @throws TensorFileException if it breaks a rule of the format, or keeps tensors outside the
   *     file
   */
  public static TensorFile read(MappedFile file) throws TensorFileException {
    return new Onnx(new TensorCatalogue(FORMAT, file)).read();
  }

  private TensorFile read() throws TensorFileException {
    FileBytes bytes = catalogue.bytes();
    ProtobufFields fields = new ProtobufFields(bytes, catalogue.budget());
    while (fields.next()) {
      if (fields.wireType() == WireType.LENGTH_DELIMITED) {
        readField(fields);
      }
    }
    if (!anyGraph) {
      throw bytes.failure(0, "the model has no graph");
    }
    catalogue.note("producer", producer + producerVersion);
    return catalogue.toFile();
  }

  private void readField(ProtobufFields fields) throws TensorFileException {
    switch (fields.number()) {
      case PRODUCER -> producer = fields.text("the producer's name");
      case PRODUCER_VERSION -> producerVersion = " " + fields.text("the producer's version");
      case OPERATOR_SET -> readOperatorSet(fields.payload());
      case GRAPH -> {
        anyGraph = true;
        new OnnxGraph(catalogue).read(fields.availablePayload());
      }
      default -> {
        // Documentation and training information do not concern weights.
      }
    }
  }

  private void readOperatorSet(FileBytes message) throws TensorFileException {
    String domain = "";
    long version = 0;
    ProtobufFields fields = new ProtobufFields(message, catalogue.budget());
    while (fields.next()) {
      if (fields.is(OPERATOR_SET_DOMAIN, WireType.LENGTH_DELIMITED)) {
        domain = fields.text("the domain of a set of operators");
      } else if (fields.is(OPERATOR_SET_VERSION, WireType.VARINT)) {
        version = fields.varint();
      }
    }
    boolean standard = domain.isEmpty() || domain.equals("ai.onnx");
    catalogue.note(standard ? "opset" : "opset." + domain, Long.toString(version));
  }
}
