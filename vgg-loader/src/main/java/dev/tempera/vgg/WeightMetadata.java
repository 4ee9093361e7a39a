package dev.tempera.vgg;

import dev.tempera.backend.PaddingMode;
import dev.tempera.io.Safetensors;
import dev.tempera.io.TensorFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a safetensors file of ours says of its weights beside the tensors, so that nothing needs to
 * be guessed from names. It stands as text in the file's {@code __metadata__}:
 *
 * <table>
 *   <caption>Keys</caption>
 *   <tr><td>{@code tempera.version}<td>{@code 1}; its presence says that the rest is there
 *   <tr><td>{@code tempera.architecture}<td>such as {@code vgg19}
 *   <tr><td>{@code tempera.family}<td>a {@link WeightFamily}, such as {@code caffe}
 *   <tr><td>{@code tempera.channel_order}<td>{@code RGB}, {@code BGR} or {@code mixed}, for other
 *       readers; it follows from the preprocessing
 *   <tr><td>{@code tempera.preprocessing}<td>twelve numbers with spaces between: the 3×3 matrix
 *       that is applied to (R, G, B) in [0, 1], row-major, and the three offsets added then
 *   <tr><td>{@code tempera.padding}<td>a {@link PaddingMode}, such as {@code zero}
 *   <tr><td>{@code tempera.pooling_rounds}<td>odd sizes: {@code down} or {@code up}
 *   <tr><td>{@code tempera.source}<td>where the weights come from
 *   <tr><td>{@code tempera.licence}<td>the publisher's terms, or that none are stated
 *   <tr><td>{@code tempera.sha256}<td>of the file they were converted from, 64 hexadecimal digits
 * </table>
 *
 * @param architecture the net's usual name
 * @param family where such weights come from
 * @param preprocessing what the weights expect of pixels
 * @param padding what stands around the image at each convolution
 * @param ceilPooling whether pooling rounds odd sizes up
 * @param source where these come from: an address or a file name
 * @param licence the publisher's terms
 * @param sha256 of the file they were converted from, 64 lower-case hexadecimal digits
 */
public record WeightMetadata(
    String architecture,
    WeightFamily family,
    Preprocessing preprocessing,
    PaddingMode padding,
    boolean ceilPooling,
    String source,
    String licence,
    String sha256) {
  private static final String PREFIX = "tempera.";
  private static final String VERSION = "1";
  private static final int MATRIX_SIZE = 9;
  private static final int OFFSETS = 3;
  private static final long HEADER_POSITION = 8;
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern SPACE = Pattern.compile(" ");

  /**
   * Checks the hash.
   *
   * @throws IllegalArgumentException if it is not of 64 lower-case hexadecimal digits
   */
  public WeightMetadata {
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "weight metadata: SHA-256 has 64 lower-case hexadecimal digits, here '" + sha256 + "'");
    }
  }

  /** The order of channels that the first convolution sees: RGB, BGR, or a mixture. */
  public String channelOrder() {
    float[] matrix = preprocessing.matrix();
    boolean rgb = true;
    boolean bgr = true;
    for (int i = 0; i < MATRIX_SIZE; i++) {
      if (matrix[i] != 0) {
        rgb &= i / OFFSETS == i % OFFSETS;
        bgr &= i / OFFSETS == OFFSETS - 1 - i % OFFSETS;
      }
    }
    return rgb ? "RGB" : bgr ? "BGR" : "mixed";
  }

  /** The text for a safetensors header, in a fixed order. */
  public Map<String, String> toHeader() {
    Map<String, String> header = new LinkedHashMap<>();
    header.put(PREFIX + "version", VERSION);
    header.put(PREFIX + "architecture", architecture);
    header.put(PREFIX + "family", nameOf(family));
    header.put(PREFIX + "channel_order", channelOrder());
    header.put(PREFIX + "preprocessing", numbers());
    header.put(PREFIX + "padding", nameOf(padding));
    header.put(PREFIX + "pooling_rounds", ceilPooling ? "up" : "down");
    header.put(PREFIX + "source", source);
    header.put(PREFIX + "licence", licence);
    header.put(PREFIX + "sha256", sha256);
    return header;
  }

  /**
   * What a safetensors header says; empty where it is not one of ours.
   *
   * @param file for errors
   * @param header the text of the file's {@code __metadata__}
   * @throws TensorFileException if it is one of ours, of a version not known, or broken
   */
  public static Optional<WeightMetadata> of(Path file, Map<String, String> header)
      throws TensorFileException {
    if (!header.containsKey(PREFIX + "version")) {
      return Optional.empty();
    }
    return Optional.of(new Header(file, header).read());
  }

  private String numbers() {
    StringBuilder text = new StringBuilder();
    for (float[] part : new float[][] {preprocessing.matrix(), preprocessing.offset()}) {
      for (float number : part) {
        text.append(text.isEmpty() ? "" : " ").append(number);
      }
    }
    return text.toString();
  }

  private static String nameOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The header of one file being read. */
  private record Header(Path file, Map<String, String> text) {
    WeightMetadata read() throws TensorFileException {
      oneOf("version", VERSION);
      String sha256 = value("sha256");
      if (!SHA256.matcher(sha256).matches()) {
        throw unknown("sha256", "64 lower-case hexadecimal digits");
      }
      return new WeightMetadata(
          value("architecture"),
          constant("family", WeightFamily.values()),
          preprocessing(),
          constant("padding", PaddingMode.values()),
          oneOf("pooling_rounds", "down", "up").equals("up"),
          value("source"),
          value("licence"),
          sha256);
    }

    private String value(String key) throws TensorFileException {
      String value = text.get(PREFIX + key);
      if (value == null) {
        throw failure("the metadata lacks '" + PREFIX + key + "'");
      }
      return value;
    }

    private String oneOf(String key, String... known) throws TensorFileException {
      String value = value(key);
      for (String candidate : known) {
        if (candidate.equals(value)) {
          return value;
        }
      }
      throw unknown(key, String.join(" or ", known));
    }

    private <E extends Enum<E>> E constant(String key, E[] constants) throws TensorFileException {
      String value = value(key);
      for (E constant : constants) {
        if (nameOf(constant).equals(value)) {
          return constant;
        }
      }
      throw unknown(
          key, "the lower-case name of a " + constants[0].getDeclaringClass().getSimpleName());
    }

    private Preprocessing preprocessing() throws TensorFileException {
      String[] words = SPACE.split(value("preprocessing"), MATRIX_SIZE + OFFSETS + 1);
      float[] matrix = new float[MATRIX_SIZE];
      float[] offset = new float[OFFSETS];
      for (int i = 0; i < MATRIX_SIZE + OFFSETS; i++) {
        float number = i < words.length ? number(words[i]) : Float.NaN;
        if (!Float.isFinite(number) || words.length > MATRIX_SIZE + OFFSETS) {
          throw unknown("preprocessing", "12 finite numbers");
        }
        if (i < MATRIX_SIZE) {
          matrix[i] = number;
        } else {
          offset[i - MATRIX_SIZE] = number;
        }
      }
      return new Preprocessing(matrix, offset);
    }

    private static float number(String word) {
      try {
        return Float.parseFloat(word);
      } catch (NumberFormatException noNumber) {
        return Float.NaN;
      }
    }

    private TensorFileException unknown(String key, String expected) throws TensorFileException {
      return failure(
          "metadata '"
              + PREFIX
              + key
              + "' is '"
              + TensorFileException.printable(value(key))
              + "', expected "
              + expected);
    }

    private TensorFileException failure(String problem) {
      return new TensorFileException(file, Safetensors.FORMAT, null, HEADER_POSITION, problem);
    }
  }
}
