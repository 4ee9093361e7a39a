package dev.tempera.testkit;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads results that another library computed. A file holds cases; a case is a line {@code case
 * NAME}, a line {@code parameters A B …}, and lines {@code input}, {@code seed}, {@code value} and
 * {@code gradient}, each with axis lengths and elements in row-major order: {@code value 2,3 = 1 2
 * 3 4 5 6}, for scalars {@code value = 1}. Lines that start with # say where the numbers come from.
 */
public final class GoldenFile {
  private final List<GoldenCase> cases = new ArrayList<>();
  private @Nullable String name;
  private List<String> parameters = List.of();
  private final List<Input> inputs = new ArrayList<>();
  private Input seed = Input.of(new double[0], 0);
  private Numbers value = new Numbers(DType.FLOAT64, Shape.scalar(), new double[1]);
  private final List<Numbers> gradients = new ArrayList<>();

  private GoldenFile() {}

  /**
   * The cases of an operation.
   *
   * @throws IllegalArgumentException if there is no file for it, there are no cases in it, or a
   *     line is not understood
   */
  public static List<GoldenCase> read(String operation) {
    String path = "golden/" + operation + ".txt";
    InputStream resource = GoldenFile.class.getResourceAsStream(path);
    if (resource == null) {
      throw new IllegalArgumentException("there is no golden file " + path);
    }
    GoldenFile file = new GoldenFile();
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          file.take(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    file.endCase();
    if (file.cases.isEmpty()) {
      throw new IllegalArgumentException("there are no cases in the golden file " + path);
    }
    return file.cases;
  }

  private void take(String line) {
    int space = line.indexOf(' ');
    String key = line.substring(0, space);
    String content = line.substring(space + 1);
    switch (key) {
      case "case" -> {
        endCase();
        name = content;
      }
      case "parameters" -> parameters = Arrays.asList(content.split(" ", -1));
      case "input" -> inputs.add(Input.of(elements(content), lengths(content)));
      case "seed" -> seed = Input.of(elements(content), lengths(content));
      case "value" -> value = numbers(content);
      case "gradient" -> gradients.add(numbers(content));
      default -> throw new IllegalArgumentException("golden file: unknown line " + line);
    }
  }

  private void endCase() {
    if (name != null) {
      cases.add(new GoldenCase(name, parameters, inputs, seed, value, gradients));
    }
    inputs.clear();
    gradients.clear();
  }

  private static Numbers numbers(String content) {
    return new Numbers(DType.FLOAT64, Shape.of(lengths(content)), elements(content));
  }

  private static int[] lengths(String content) {
    String shape = content.substring(0, content.indexOf(" = "));
    return shape.isEmpty()
        ? new int[0]
        : Stream.of(shape.split(",", -1)).mapToInt(Integer::parseInt).toArray();
  }

  private static double[] elements(String content) {
    String list = content.substring(content.indexOf(" = ") + 3);
    return Stream.of(list.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }
}
