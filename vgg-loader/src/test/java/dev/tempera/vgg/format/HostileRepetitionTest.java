package dev.tempera.vgg.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.tempera.io.Safetensors;
import dev.tempera.io.TensorFile;
import dev.tempera.io.npy.Npz;
import dev.tempera.vgg.format.hdf5.Hdf5;
import dev.tempera.vgg.format.mat.MatFile;
import dev.tempera.vgg.format.numpy.NumpyObjects;
import dev.tempera.vgg.format.tfjs.TensorFlowJs;
import dev.tempera.vgg.format.torch.TorchZip;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of a megabyte that repeat, as often as fits, what takes most memory for its size. */
@Timeout(60)
class HostileRepetitionTest {
  @ParameterizedTest
  @MethodSource({"pickles", "numpyPickles", "json", "archives", "matlab", "hdf5"})
  void takesNoMoreMemoryThanItsSizeAllows(TensorFile.Reader reader, byte[] file) {
    new DamageCheck(reader).readOrRefuse(file);
  }

  static Stream<Arguments> pickles() {
    PickleWriter call = new PickleWriter().global("torch", "Size").put(0).emptyTuple().raw(0x85);
    PickleWriter tensor =
        new PickleWriter().global("torch._utils", "_rebuild_tensor_v2").put(0).mark();
    tensor.storage("FloatStorage", "0", 24).integer(0).integers(24).integers(1).tuple().put(1);
    PickleWriter longTuple = new PickleWriter().integers(new long[1000]).put(0).mark();
    PickleWriter shared = new PickleWriter().emptyList().put(0).mark();
    for (int i = 0; i < 1000; i++) {
      shared.raw('K', 1);
    }
    return Stream.of(
        pickle("marks", new PickleWriter(), RepeatedBytes.of('('), 'N'),
        pickle("kept nothing", new PickleWriter().mark(), RepeatedBytes.of('N'), 't'),
        pickle("kept lists", new PickleWriter().mark(), RepeatedBytes.of(']'), 't'),
        pickle("memo", new PickleWriter(), RepeatedBytes.of(']', 0x94, '0'), 'N'),
        pickle("dicts", new PickleWriter(), RepeatedBytes.of('}', '0'), 'N'),
        pickle("texts", new PickleWriter(), RepeatedBytes.of(0x8C, 1, 'a', '0'), 'N'),
        pickle("kept texts", new PickleWriter().mark(), RepeatedBytes.of(0x8C, 1, 'a'), 't'),
        pickle("byte strings", new PickleWriter(), RepeatedBytes.of('C', 0, '0'), 'N'),
        pickle("numbers", new PickleWriter().emptyList(), RepeatedBytes.of('K', 200, 'a')),
        pickle("integers", new PickleWriter().mark(), RepeatedBytes.of(0x8A, 1, 1), 't'),
        pickle("nested tuples", new PickleWriter().none(), RepeatedBytes.of(0x85)),
        pickle(
            "globals",
            new PickleWriter(),
            RepeatedBytes.text("ctorch\nSize\n0").getBytes(ISO_8859_1),
            'N'),
        pickle("calls", call.put(1), RepeatedBytes.of('h', 0, 'h', 1, 'R', '0'), 'N'),
        pickle("tensors", tensor.emptyList(), RepeatedBytes.of('h', 0, 'h', 1, 'R', 'a')),
        pickle("shared lists", shared.raw('e').emptyList(), RepeatedBytes.of('h', 0, 'a')),
        pickle("shared tuples", longTuple, RepeatedBytes.of('h', 0), 't'));
  }

  private static Arguments pickle(String name, PickleWriter start, byte[] units, int... end) {
    byte[] pickle = start.bytes(units).raw(end).stop();
    byte[] file = TorchFixture.sample().withPickle(pickle).zip();
    return argumentSet("pickle: " + name, (TensorFile.Reader) TorchZip::read, file);
  }

  static Stream<Arguments> numpyPickles() {
    PickleWriter scalars =
        NumpyFixture.startObject().global("numpy.core.multiarray", "scalar").put(0).mark();
    scalars.global("numpy", "dtype").text("i2").integer(0).integer(1).raw(0x87).reduce();
    scalars.raw('C', 2, 1, 1).tuple().put(1).emptyList();
    PickleWriter dicts = NumpyFixture.startObject().mark().bytes(RepeatedBytes.of('}')).tuple();
    PickleWriter arrays = NumpyFixture.startObject().emptyList();
    NumpyFixture.bytes(
        NumpyFixture.state(NumpyFixture.array(arrays), "i2", ">", false, 1 << 18),
        new byte[1 << 19]);
    arrays.tuple().put(0).build().raw('a');
    for (int i = 0; i < 100; i++) {
      NumpyFixture.array(arrays).get(0).build().raw('a');
    }
    return Stream.of(
        numpy("arrays of the same bytes", arrays),
        numpy("scalars", scalars.bytes(RepeatedBytes.of('h', 0, 'h', 1, 'R', 'a'))),
        numpy("dicts", dicts));
  }

  private static Arguments numpy(String name, PickleWriter pickle) {
    return argumentSet(
        "NumPy: " + name, (TensorFile.Reader) NumpyObjects::read, NumpyFixture.npyOfObject(pickle));
  }

  static Stream<Arguments> json() {
    String weight = "{\"name\":\"?\",\"dtype\":\"bool\",\"shape\":[0]}";
    String tensor = "\"?\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}";
    return Stream.of(
        safetensors("tensors", "{" + RepeatedBytes.text(tensor + ",") + tensor + "}"),
        safetensors("texts", "{\"__metadata__\":{" + RepeatedBytes.text("\"?\":\"\",") + "}}"),
        topology("texts", "\"\""),
        topology("escapes", "\"\\n\""),
        topology("numbers", "1"),
        topology("words", "null"),
        topology("objects", "{\"\":{}}"),
        manifest("groups", RepeatedBytes.text("{},") + "{}"),
        manifest(
            "weights",
            "{\"paths\":[],\"weights\":[" + RepeatedBytes.text(weight + ",") + weight + "]}"));
  }

  private static Arguments safetensors(String name, String header) {
    byte[] text = header.getBytes(ISO_8859_1);
    ByteBuffer file = ByteBuffer.allocate(8 + text.length).order(ByteOrder.LITTLE_ENDIAN);
    return argumentSet(
        "safetensors: " + name,
        (TensorFile.Reader) Safetensors::read,
        file.putLong(text.length).put(text).array());
  }

  private static Arguments topology(String name, String value) {
    String values = RepeatedBytes.text(value + ",") + value;
    return model(name, "{\"modelTopology\":[" + values + "],\"weightsManifest\":[]}");
  }

  private static Arguments manifest(String name, String groups) {
    return model(name, "{\"weightsManifest\":[" + groups + "]}");
  }

  private static Arguments model(String name, String json) {
    return argumentSet(
        "TensorFlow.js: " + name,
        (TensorFile.Reader) TensorFlowJs::read,
        json.getBytes(ISO_8859_1));
  }

  static Stream<Arguments> archives() {
    Map<String, byte[]> empty = new LinkedHashMap<>();
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    for (int i = 0; i < 9_000; i++) {
      empty.put(RepeatedBytes.name(i), new byte[0]);
    }
    for (int i = 0; i < 5_000; i++) {
      arrays.put(RepeatedBytes.name(i) + ".npy", NumpyFixture.npy("|u1", "0,", new byte[0]));
    }
    return Stream.of(
        archive("names", WeightFiles::read, TorchFixture.zip(ZipEntry.STORED, empty)),
        archive("arrays", Npz::read, TorchFixture.zip(ZipEntry.STORED, arrays)),
        archive("deflated arrays", Npz::read, TorchFixture.zip(ZipEntry.DEFLATED, arrays)));
  }

  private static Arguments archive(String name, TensorFile.Reader reader, byte[] file) {
    return argumentSet("zip: " + name, reader, file);
  }

  static Stream<Arguments> matlab() {
    MatFixture mat = new MatFixture(ByteOrder.LITTLE_ENDIAN);
    byte[] cells = cell(mat, "", mat.element(14, new byte[0]));
    for (int depth = 1; depth < 30; depth++) {
      cells = mat.struct(depth == 29 ? "net" : "", new String[] {"a".repeat(31)}, cells);
    }
    byte[] oneLetter = mat.element(5, new byte[] {1, 0, 0, 0});
    byte[] fields = mat.element(1, RepeatedBytes.of('a'));
    byte[] number = mat.floats("", new int[] {1, 1}, 1);
    byte[] deflated = mat.compressed(number);
    return Stream.of(
        mat("empty cells under a long name", cells),
        mat("fields", mat.matrix(2, "net", new int[] {1, 0}, oneLetter, fields)),
        mat("arrays", cell(mat, "net", number)),
        mat("texts", cell(mat, "net", mat.text("", "a"))),
        mat("arrays without a name", RepeatedBytes.of(_ -> number)),
        mat("compressed arrays", RepeatedBytes.of(_ -> deflated)),
        mat("arrays that share their numbers", sharedNumbers(mat)));
  }

  /** Arrays whose numbers go on behind them, through each other, in a compressed cell. */
  private static byte[] sharedNumbers(MatFixture mat) {
    int count = 1 << 20;
    byte[] tag = Arrays.copyOf(mat.element(7, new byte[4 * count]), 8);
    byte[][] cells = new byte[51][];
    Arrays.fill(cells, mat.matrix(7, "", new int[] {1, count}, tag));
    cells[50] = mat.floats("", new int[] {1, count}, new float[count]);
    return mat.compressed(mat.cell("net", cells));
  }

  private static byte[] cell(MatFixture mat, String name, byte[] content) {
    byte[][] cells = new byte[(1 << 20) / content.length][];
    Arrays.fill(cells, content);
    return mat.cell(name, cells);
  }

  private static Arguments mat(String name, byte[] element) {
    byte[] file = new MatFixture(ByteOrder.LITTLE_ENDIAN).add(element).toBytes();
    return argumentSet("MAT: " + name, (TensorFile.Reader) MatFile::read, file);
  }

  static Stream<Arguments> hdf5() {
    byte[][] attributes = new byte[20_000][];
    Arrays.setAll(attributes, i -> Hdf5Fixture.text(RepeatedBytes.name(i), "b"));
    Hdf5Fixture deep = new Hdf5Fixture();
    long last = deep.group(Map.of(), attributes);
    for (int depth = 0; depth < 60; depth++) {
      last = deep.group(Map.of("a".repeat(1000), last));
    }
    Hdf5Fixture wide = new Hdf5Fixture();
    Map<String, Long> links = new LinkedHashMap<>();
    long one = wide.dataset(Hdf5Fixture.float32(ByteOrder.LITTLE_ENDIAN), new int[1], new byte[0]);
    for (int i = 0; i < 20_000; i++) {
      links.put(RepeatedBytes.name(i), one);
    }
    Hdf5Fixture continued = new Hdf5Fixture();
    long root = continued.continuedHeader(1000, new byte[1 << 20]);
    return Stream.of(
        hdf5("attributes under a long path", deep, last),
        hdf5("datasets", wide, wide.group(links)),
        hdf5("a header continued at one place", continued, root));
  }

  private static Arguments hdf5(String name, Hdf5Fixture file, long root) {
    return argumentSet(
        "HDF5: " + name, (TensorFile.Reader) Hdf5::read, file.toBytes(root, new byte[0]));
  }
}
