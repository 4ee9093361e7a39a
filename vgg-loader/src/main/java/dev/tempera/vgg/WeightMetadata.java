package dev.tempera.vgg;

import dev.tempera.backend.PaddingMode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a safetensors file of this project's own says of its weights, in its header. Members:
 *
 * <ul>
 *   <li>{@code tempera.architecture}: output channels, a bar between blocks, such as {@code 64 64 |
 *       128 128}; for people, the tensors decide
 *   <li>{@code tempera.family}: a {@link WeightFamily} in lower case
 *   <li>{@code tempera.preprocessing}: twelve numbers, the 3×3 matrix from (R, G, B) in [0, 1], row
 *       by row, and three offsets; the order of channels is in the matrix
 *   <li>{@code tempera.padding}: a {@link PaddingMode} in lower case
 *   <li>{@code tempera.pooling}: {@code floor} or {@code ceil}, how odd sizes are halved
 *   <li>{@code tempera.source}: the file that the weights were taken from
 *   <li>{@code tempera.sha256}: that file's hash, in hexadecimal
 *   <li>{@code tempera.licence}: what is known of the weights' licence
 * </ul>
 *
 * @param architecture output channels by block
 * @param family where the weights come from
 * @param preprocessing what they expect of pixels
 * @param padding what stands around the image
 * @param ceilPooling whether pooling rounds odd sizes up
 * @param source the file that the weights were taken from
 * @param sha256 that file's hash
 * @param licence what is known of the licence
 */
public record WeightMetadata(
    String architecture,
    WeightFamily family,
    Preprocessing preprocessing,
    PaddingMode padding,
    boolean ceilPooling,
    String source,
    String sha256,
    String licence) {
  private static final String ARCHITECTURE = "tempera.architecture";
  private static final String FAMILY = "tempera.family";
  private static final String PREPROCESSING = "tempera.preprocessing";
  private static final String PADDING = "tempera.padding";
  private static final String POOLING = "tempera.pooling";
  private static final String SOURCE = "tempera.source";
  private static final String SHA256 = "tempera.sha256";
  private static final String LICENCE = "tempera.licence";
  private static final int MATRIX_NUMBERS = 9;
  private static final int NUMBERS = 12;

  /** The architecture of a net, as this metadata writes it. */
  public static String architecture(Vgg net) {
    return net.widths().stream()
        .map(block -> block.stream().map(Object::toString).collect(Collectors.joining(" ")))
        .collect(Collectors.joining(" | "));
  }

  /**
   * The metadata in a header; empty where the file is not this project's own.
   *
   * @throws IllegalArgumentException if a member is missing or has a value that it cannot have
   */
  public static Optional<WeightMetadata> of(Map<String, String> header) {
    if (!header.containsKey(FAMILY)) {
      return Optional.empty();
    }
    return Optional.of(
        new WeightMetadata(
            member(header, ARCHITECTURE),
            WeightFamily.valueOf(member(header, FAMILY).toUpperCase(Locale.ROOT)),
            preprocessing(member(header, PREPROCESSING)),
            PaddingMode.valueOf(member(header, PADDING).toUpperCase(Locale.ROOT)),
            member(header, POOLING).equals("ceil"),
            member(header, SOURCE),
            member(header, SHA256),
            member(header, LICENCE)));
  }

  private static String member(Map<String, String> header, String key) {
    String value = header.get(key);
    if (value == null) {
      throw new IllegalArgumentException("the header has " + FAMILY + " but not " + key);
    }
    return value;
  }

  private static Preprocessing preprocessing(String text) {
    String[] numbers = text.split(" ", -1);
    if (numbers.length != NUMBERS) {
      throw new IllegalArgumentException(
          PREPROCESSING + " has " + numbers.length + " numbers, not " + NUMBERS);
    }
    float[] matrix = new float[MATRIX_NUMBERS];
    float[] offset = new float[NUMBERS - MATRIX_NUMBERS];
    for (int i = 0; i < NUMBERS; i++) {
      float number = Float.parseFloat(numbers[i]);
      if (i < MATRIX_NUMBERS) {
        matrix[i] = number;
      } else {
        offset[i - MATRIX_NUMBERS] = number;
      }
    }
    return new Preprocessing(matrix, offset);
  }

  /** The members of the header. */
  public Map<String, String> toHeader() {
    Map<String, String> header = new LinkedHashMap<>();
    header.put(ARCHITECTURE, architecture);
    header.put(FAMILY, family.name().toLowerCase(Locale.ROOT));
    header.put(
        PREPROCESSING,
        Stream.of(preprocessing.matrix(), preprocessing.offset())
            .flatMap(part -> IntStream.range(0, part.length).mapToObj(i -> part[i]))
            .map(String::valueOf)
            .collect(Collectors.joining(" ")));
    header.put(PADDING, padding.name().toLowerCase(Locale.ROOT));
    header.put(POOLING, ceilPooling ? "ceil" : "floor");
    header.put(SOURCE, source);
    header.put(SHA256, sha256);
    header.put(LICENCE, licence);
    return header;
  }
}
