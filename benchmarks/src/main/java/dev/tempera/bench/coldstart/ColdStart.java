package dev.tempera.bench.coldstart;

import dev.tempera.bench.machine.Statistics;
import dev.tempera.data.Philox;
import dev.tempera.io.SafetensorsWriter;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import dev.tempera.vgg.Layer;
import dev.tempera.vgg.Vgg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Times the program from the start of its process to the finished picture: 256 pixels, 30
 * evaluations in three rounds, with a full-width VGG19 of random weights from a file and with the
 * fixed filters that the program carries.
 *
 * <p>Arguments: the folder of the checkout, the number of repetitions (5), and launchers to time in
 * turn (the checkout's own); another checkout's launcher beside it shows what a change brings.
 * Prints one line for each launcher and kind of features, of medians in milliseconds: until the
 * first evaluation was done, until evaluations took no more than {@value #SETTLED} times what the
 * last of their round did, until the end; and then what each evaluation took.
 */
public final class ColdStart {
  private static final int EVALUATIONS = 30;

  private static final double SETTLED = 1.2;

  private ColdStart() {}

  /** Runs and prints. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path checkout = Path.of(arguments[0]);
    int repeats = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    List<Path> programs = new ArrayList<>();
    for (int i = 2; i < arguments.length; i++) {
      programs.add(Path.of(arguments[i]));
    }
    if (programs.isEmpty()) {
      programs.add(checkout.resolve("tempera"));
    }
    Path folder = Files.createTempDirectory("tempera-coldstart");
    Path weights = folder.resolve("vgg19.safetensors");
    Path picture = folder.resolve("picture.png");
    try {
      writeWeights(weights);
      for (String features : List.of(weights.toString(), "dead-leaves")) {
        List<String> stylize =
            List.of(
                checkout.resolve("examples/landscape.png").toString(),
                checkout.resolve("examples/painting.png").toString(),
                "--size=256",
                "--iterations=" + EVALUATIONS,
                "--weights=" + features,
                "--output=" + picture);
        time(programs, stylize, repeats, Path.of(features).getFileName().toString());
      }
    } finally {
      Files.deleteIfExists(weights);
      Files.deleteIfExists(picture);
      Files.delete(folder);
    }
  }

  /** Random filters (He et al., 2015, equation 10) for VGG19 to conv5_1. */
  private static void writeWeights(Path file) throws IOException {
    Vgg vgg = Vgg.VGG19.until(Layer.relu(5, 1));
    try (TensorScope _ = TensorScope.open("weights")) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (Layer layer : vgg.convolutions()) {
        int in = vgg.inputChannels(layer);
        int out = vgg.channels(layer);
        Tensor normal =
            Tensor.of(new Philox(layer.block(), layer.index()).normal(out * in * 9), out, in, 3, 3);
        tensors.put(layer + ".weight", normal.multiply(Math.sqrt(2.0 / (in * 9))));
        tensors.put(layer + ".bias", Tensor.zeros(out));
      }
      SafetensorsWriter.write(file, tensors, Map.of());
    }
  }

  /** Times the programs in turn; the first run of each, which may build it, does not count. */
  private static void time(List<Path> programs, List<String> stylize, int repeats, String features)
      throws IOException, InterruptedException {
    Map<Path, List<ColdRun>> runs = new LinkedHashMap<>();
    for (int i = 0; i <= repeats; i++) {
      for (Path program : programs) {
        ColdRun run = ColdRun.of(program, stylize);
        if (i > 0) {
          runs.computeIfAbsent(program, _ -> new ArrayList<>()).add(run);
        }
      }
    }
    runs.forEach((program, own) -> print(program, features, own));
  }

  private static void print(Path program, String features, List<ColdRun> runs) {
    System.out.printf(
        Locale.ROOT,
        "case=coldstart features=%s first_ms=%.0f settled_ms=%.0f total_ms=%.0f runs=%d program=%s%n",
        features,
        median(runs, run -> run.evaluationMillis().getFirst()),
        median(runs, ColdStart::settledMillis),
        median(runs, ColdRun::totalMillis),
        runs.size(),
        program);
    System.out.println(
        "  each_ms "
            + IntStream.range(0, EVALUATIONS)
                .mapToObj(i -> "%.0f".formatted(median(runs, run -> run.steps().get(i))))
                .collect(Collectors.joining(" ")));
  }

  /** When the first round's evaluations began to take what they take in its second half. */
  private static double settledMillis(ColdRun run) {
    List<Double> steps = run.steps().subList(0, run.firstRound());
    List<Double> later = steps.subList(steps.size() / 2, steps.size());
    double steady = Statistics.median(later);
    int settled = 0;
    while (steps.get(settled) > SETTLED * steady) {
      settled++;
    }
    return run.evaluationMillis().get(settled);
  }

  private static double median(List<ColdRun> runs, Function<ColdRun, Double> measure) {
    return Statistics.median(runs.stream().map(measure).toList());
  }
}
