package dev.tempera.cpu;

import dev.tempera.testkit.Determinism;
import dev.tempera.testkit.spec.Specs;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The same bits for one, two, three and four threads, and in every run. */
class CpuDeterminismTest {
  private final List<CpuBackend> backends =
      IntStream.rangeClosed(1, 4).mapToObj(n -> new CpuBackend(new CpuOptions(n))).toList();

  @AfterEach
  void endTheThreads() {
    backends.forEach(CpuBackend::close);
  }

  @TestFactory
  Stream<DynamicTest> threadsDoNotMatter() {
    return new Determinism(List.copyOf(backends)).tests(Specs.all());
  }
}
