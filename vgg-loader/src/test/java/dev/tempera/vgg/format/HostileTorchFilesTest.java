package dev.tempera.vgg.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PyTorch files made to run code, to eat memory, or to reach where they must not. */
@Timeout(10)
class HostileTorchFilesTest {
  private static final long[] ONE = {1};

  @TempDir Path folder;

  private void assertRefused(byte[] content, String problem) throws IOException {
    Path path = Files.write(folder.resolve("w.pth"), content);
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(
            () -> {
              try (TensorFile file = WeightFiles.open(path)) {
                for (TensorEntry entry : file.entries().values()) {
                  entry.toFloats();
                }
              }
            })
        .withMessageStartingWith(path + ": PyTorch ")
        .withMessageContaining(problem)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"))
        .satisfies(e -> assertThat(e.byteOffset()).isBetween(0L, (long) content.length));
  }

  private void assertPickleRefused(PickleWriter pickle, String problem) throws IOException {
    TorchFixture fixture = new TorchFixture(pickle.stop()).storage("0", 4, new byte[16]);
    assertRefused(fixture.zip(), problem);
    assertRefused(fixture.legacy(), problem);
  }

  @ParameterizedTest
  @CsvSource({
    "os, system",
    "builtins, eval",
    "__builtin__, getattr",
    "torchvision.models.vgg, VGG",
    "torch, load",
    "torch, Tensor",
    "torch.nn.modules.conv, Conv2d",
    "collections, OrderedDict.__class__",
  })
  void constructsNothingThatIsNotOnTheList(String module, String name) throws IOException {
    assertPickleRefused(
        new PickleWriter().global(module, name).text("rm -rf").raw(0x85).reduce(),
        "refers to '"
            + module
            + "."
            + name
            + "', which is not plain data and is never constructed; a whole module or other Python"
            + " objects seem to be saved here: save the weights alone with"
            + " torch.save(model.state_dict(), 'weights.pth')");
  }

  @Test
  void refusesOperationsThatBuildObjects() throws IOException {
    PickleWriter newObject =
        new PickleWriter().global("collections", "OrderedDict").emptyTuple().raw(0x81);
    assertPickleRefused(newObject, "operation 0x81 is not one that weights need");
    assertPickleRefused(
        new PickleWriter().raw('i').bytes("os\nsystem\n".getBytes(UTF_8)), "operation 0x69");
    assertPickleRefused(new PickleWriter().raw(0x82, 1), "operation 0x82");
  }

  @Test
  void callsOnlyFunctions() throws IOException {
    assertPickleRefused(
        new PickleWriter().global("torch", "FloatStorage").emptyTuple().reduce(),
        "expected a function to call, found a StorageType");
    assertPickleRefused(
        new PickleWriter().text("os.system").emptyTuple().reduce(), "expected a function to call");
    assertPickleRefused(
        new PickleWriter().global("torch._utils", "_rebuild_tensor_v2").emptyTuple().reduce(),
        "argument 0 must be a StorageSlice, found only 0 arguments");
  }

  @Test
  void survivesAStackThatIsEmptyOrOfOtherThings() throws IOException {
    assertPickleRefused(new PickleWriter(), "taken from an empty stack");
    assertPickleRefused(new PickleWriter().raw('0'), "taken from an empty stack");
    assertPickleRefused(new PickleWriter().tuple(), "a mark is taken where there is none");
    assertPickleRefused(new PickleWriter().none().mark().raw(0x85), "taken from an empty stack");
    assertPickleRefused(new PickleWriter().get(7), "memo slot 7 is read before");
    assertPickleRefused(new PickleWriter().none().mark().none().setItems(), "expected a dict");
    assertPickleRefused(new PickleWriter().emptyDict().mark().none().setItems(), "without a value");
    assertPickleRefused(
        new PickleWriter().emptyDict().mark().emptyTuple().none().setItems(),
        "a dict key is a PickleTuple");
    assertPickleRefused(new PickleWriter().raw(0x80, 6), "protocol 6");
  }

  @Test
  void believesNoLength() throws IOException {
    assertPickleRefused(new PickleWriter().raw('X').int32(-1), "takes 4294967295 bytes");
    assertPickleRefused(
        new PickleWriter().raw(0x8D).int32(-1).int32(-1), "takes 18446744073709551615 bytes");
    assertPickleRefused(new PickleWriter().raw('B').int32(0x7FFFFFFF), "takes 2147483647 bytes");
    assertPickleRefused(new PickleWriter().raw(0x8B).int32(1 << 30), "an integer of 1073741824");
    assertPickleRefused(new PickleWriter().raw('X').int32(2).raw(0xC3, 0x28), "not valid UTF-8");
    assertPickleRefused(
        new PickleWriter().raw('c').bytes("x".repeat(5000).getBytes(UTF_8)), "longer than 1024");
  }

  @Test
  void endsWhereAContainerHoldsItself() throws IOException {
    assertPickleRefused(new PickleWriter().emptyList().put(0).get(0).raw('a'), "nested too deep");
    PickleWriter doubling = new PickleWriter().emptyList();
    for (int level = 0; level < 60; level++) {
      doubling.put(0).raw('0').mark().get(0).get(0).tuple();
    }
    assertPickleRefused(doubling, "bytes of memory, more than are allowed for a file of");
    PickleWriter deep = new PickleWriter().none();
    for (int level = 0; level < 50_000; level++) {
      deep.raw(0x85);
    }
    assertPickleRefused(deep, "nested too deep");
  }

  @Test
  void stopsAfterAsManyOperationsAsWeightsNeverHave() throws IOException {
    byte[] pushes = new byte[1_100_000];
    Arrays.fill(pushes, (byte) 'N');
    assertPickleRefused(
        new PickleWriter().bytes(pushes), "bytes of memory, more than are allowed for a file of");
    byte[] protocols = new byte[4_400_000];
    for (int i = 0; i < protocols.length; i++) {
      protocols[i] = (byte) (i % 2 == 0 ? 0x80 : 2);
    }
    assertPickleRefused(new PickleWriter().bytes(protocols), "more than 2097152 operations");
  }

  private static PickleWriter tensor(long offset, long[] lengths, long[] strides) {
    return new PickleWriter()
        .tensor()
        .storage("FloatStorage", "0", 4)
        .endTensor(offset, lengths, strides);
  }

  @Test
  void keepsViewsWithinTheirStorage() throws IOException {
    String outside = "reach outside their storage of 4 elements";
    assertPickleRefused(tensor(0, new long[] {5}, ONE), outside);
    assertPickleRefused(tensor(4, ONE, ONE), outside);
    assertPickleRefused(tensor(5, new long[] {0}, ONE), outside);
    assertPickleRefused(tensor(Long.MAX_VALUE, ONE, ONE), outside);
    assertPickleRefused(tensor(0, new long[] {2, 2}, new long[] {3, 1}), outside);
    assertPickleRefused(tensor(0, new long[] {3}, new long[] {Long.MAX_VALUE}), outside);
    String negative = "nothing negative, is allowed";
    assertPickleRefused(tensor(-1, ONE, ONE), negative);
    assertPickleRefused(tensor(3, new long[] {2}, new long[] {-1}), negative);
    assertPickleRefused(tensor(0, new long[] {2, 2}, ONE), "one stride per axis");
    assertPickleRefused(tensor(0, new long[] {-1}, ONE), "no axis can have the length -1");
    assertPickleRefused(tensor(0, new long[] {1L << 31}, ONE), "no axis can have the length");
    assertPickleRefused(tensor(0, new long[65], new long[65]), "65 axes, and 64 are the most");
    long most = Integer.MAX_VALUE;
    assertPickleRefused(
        tensor(0, new long[] {most, most, most}, new long[] {0, 0, 0}), "larger than any memory");
    assertPickleRefused(
        tensor(0, new long[] {most, 4}, new long[] {0, 1}), "more than is plausible");
  }

  @Test
  void checksStoragesAgainstTheFile() throws IOException {
    PickleWriter complex = new PickleWriter().storage("ComplexFloatStorage", "0", 2);
    assertPickleRefused(complex, "no element type for torch.ComplexFloatStorage");
    PickleWriter huge = new PickleWriter().storage("LongStorage", "0", Long.MAX_VALUE / 4);
    assertPickleRefused(huge, "no storage has 2305843009213693951 elements");
    PickleWriter twice =
        new PickleWriter().storage("FloatStorage", "0", 4).storage("FloatStorage", "0", 3);
    assertPickleRefused(twice, "storage '0' is announced with different types or sizes");
    PickleWriter other = new PickleWriter().mark().text("module").text("0").tuple().persistentId();
    assertPickleRefused(other, "only storages lie outside the pickle");

    byte[] five =
        new PickleWriter().tensor().storage("FloatStorage", "0", 5).endTensor(0, ONE, ONE).stop();
    assertRefused(
        new TorchFixture(five).storage("0", 4, new byte[16]).zip(),
        "its storage has 16 bytes, 5 elements of float32");
    assertRefused(
        new TorchFixture(five).storage("0", 4, new byte[16]).legacy(),
        "its storage has 4 elements, 5 are announced");
    assertRefused(
        new TorchFixture(five).storage("1", 5, new byte[20]).zip(),
        "lacks its storage 'net/data/0'");
    assertRefused(new TorchFixture(five).legacy(), "its storage is not in the list of storages");
    assertRefused(
        new TorchFixture(five).storage("9", 5, new byte[20]).legacy(), "a storage is listed twice");
  }

  @Test
  void aStorageKeyIsNoPath() throws IOException {
    byte[] pickle =
        new PickleWriter()
            .tensor()
            .storage("ByteStorage", "../../../etc/passwd", 1)
            .endTensor(0, ONE, ONE)
            .stop();
    assertRefused(
        new TorchFixture(pickle).storage("0", 1, new byte[1]).zip(),
        "lacks its storage 'net/data/../../../etc/passwd'");
  }

  @Test
  void twoTensorsOfOneNameAreRefused() throws IOException {
    PickleWriter pickle = new PickleWriter().emptyDict().mark().text("a").emptyDict().mark();
    pickle.text("b").tensor().storage("FloatStorage", "0", 4).endTensor(0, ONE, ONE).setItems();
    pickle.text("a.b").tensor().storage("FloatStorage", "0", 4).endTensor(0, ONE, ONE).setItems();
    assertPickleRefused(pickle, "tensor 'a.b', byte ");
  }

  @Test
  void refusesABomb() throws IOException {
    byte[] pickle =
        new PickleWriter()
            .tensor()
            .storage("ByteStorage", "0", 50_000_000)
            .endTensor(0, ONE, ONE)
            .stop();
    TorchFixture fixture = new TorchFixture(pickle).storage("0", 50_000_000, new byte[50_000_000]);
    assertRefused(fixture.zip(ZipEntry.DEFLATED, "little"), "zip: would inflate to more than");
  }

  @Test
  void refusesArchivesThatAreNotFromPyTorch() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("data.pkl", new byte[1]);
    assertRefused(TorchFixture.zip(ZipEntry.STORED, entries), "the archive has no data.pkl");
    entries.put("a/data.pkl", new byte[1]);
    entries.put("b/data.pkl", new byte[1]);
    assertRefused(TorchFixture.zip(ZipEntry.STORED, entries), "a data.pkl in two folders");
    assertRefused(
        TorchFixture.sample().zip(ZipEntry.STORED, "middle"), "byte order 'middle', not little");
  }
}
