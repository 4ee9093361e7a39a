package dev.tempera.vgg.format.numpy;

import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.pickle.PickleBytes;
import dev.tempera.vgg.format.pickle.PickleCall;
import dev.tempera.vgg.format.pickle.PickleFunction;
import dev.tempera.vgg.format.pickle.PickleGlobals;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** What the pickles of NumPy's files may refer to: arrays, element types and containers. */
final class NumpyGlobals implements PickleGlobals {
  private final MappedFile file;
  private long textLeft;

  /**
   * Globals for one file.
   *
   * @param file lends memory to elements that are kept as text
   */
  NumpyGlobals(MappedFile file) {
    this.file = file;
    this.textLeft = file.size();
  }

  @Override
  public @Nullable Object find(String module, String name) {
    PickleFunction function =
        switch (module.replace("numpy._core.", "numpy.core.") + "." + name) {
          case "numpy.core.multiarray._reconstruct" -> _ -> new NumpyArray(this::elements);
          case "numpy.core.multiarray.scalar" -> call -> NumpyArray.scalar(call, this::elements);
          case "numpy.ndarray" -> NumpyGlobals::onlyPassedOn;
          case "numpy.dtype" -> NumpyDtype::of;
          case "_codecs.encode" -> NumpyGlobals::latin1;
          case "collections.OrderedDict", "builtins.dict", "__builtin__.dict" ->
              NumpyGlobals::emptyDict;
          default -> null;
        };
    return function;
  }

  @Override
  public String remedy() {
    return "Python objects other than arrays, dicts and lists are saved here: save the arrays with "
        + "numpy.savez('weights.npz', **arrays)";
  }

  @Override
  public Object persistent(PickleCall identifier) throws TensorFileException {
    throw identifier.failure("nothing lies outside of NumPy's pickles");
  }

  private static Object onlyPassedOn(PickleCall call) throws TensorFileException {
    throw call.failure("the class of arrays is passed on, never called");
  }

  private static Object emptyDict(PickleCall call) throws TensorFileException {
    if (call.count() > 0) {
      throw call.failure("expected no arguments");
    }
    return new LinkedHashMap<>();
  }

  /** Python 3 writes bytes for Python 2 as text, one letter a byte; it stays text until read. */
  private static Object latin1(PickleCall call) throws TensorFileException {
    if (!call.argument(1, String.class).equals("latin1")) {
      throw call.failure("only latin1 stands for bytes");
    }
    return call.argument(0, String.class);
  }

  private ElementBytes elements(PickleCall call, Object data) throws TensorFileException {
    if (data instanceof PickleBytes bytes) {
      return new ElementBytes(
          bytes.content().fileOffset(0), bytes.content().size(), bytes.content()::segment);
    }
    if (!(data instanceof String text)) {
      throw call.failure("elements are a " + data.getClass().getSimpleName() + ", not bytes");
    }
    textLeft -= text.length();
    if (textLeft < 0) {
      throw call.failure("more elements kept as text than the file has bytes");
    }
    if (text.chars().anyMatch(letter -> letter > 0xFF)) {
      throw call.failure("elements are a text with letters that stand for no byte");
    }
    return new ElementBytes(
        0,
        text.length(),
        file.filled(
            text.length(),
            target ->
                target.copyFrom(
                    MemorySegment.ofArray(text.getBytes(StandardCharsets.ISO_8859_1)))));
  }
}
