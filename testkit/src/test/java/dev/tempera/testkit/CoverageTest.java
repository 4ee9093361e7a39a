package dev.tempera.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.backend.BinaryOp;
import dev.tempera.backend.CompareOp;
import dev.tempera.backend.ConvOps;
import dev.tempera.backend.ElementwiseOps;
import dev.tempera.backend.IndexOps;
import dev.tempera.backend.MatmulOps;
import dev.tempera.backend.NormOps;
import dev.tempera.backend.PaddingMode;
import dev.tempera.backend.PoolOps;
import dev.tempera.backend.RandomOps;
import dev.tempera.backend.ReduceOp;
import dev.tempera.backend.ReduceOps;
import dev.tempera.backend.ResampleOps;
import dev.tempera.backend.ScanOps;
import dev.tempera.backend.SoftmaxOps;
import dev.tempera.backend.SortOps;
import dev.tempera.backend.SortOrder;
import dev.tempera.backend.UnaryOp;
import dev.tempera.op.Interpolation;
import dev.tempera.op.ValuesAndIndices;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.spec.Pad2dSpec;
import dev.tempera.testkit.spec.Resize2dSpec;
import dev.tempera.testkit.spec.Specs;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nothing is left without a specification: no op, no kernel, no constant. */
class CoverageTest {
  private static final RecordingBackend RECORDER =
      new RecordingBackend(Backends.named("reference"));

  @BeforeAll
  static void runAllSamples() {
    Backend backend = RECORDER.backend();
    Specs.all().forEach(spec -> runSamples(spec, backend));
  }

  private static <P> void runSamples(OpSpec<P> spec, Backend backend) {
    for (Sample<P> sample : spec.samples(Draw.forName(spec.name()))) {
      SampleRun.of(spec, sample, backend).run();
      SampleRun.of(spec, sample, backend).twice().run();
      if (spec.isDifferentiable()) {
        SampleRun.of(spec, sample, backend).meeting().run();
        SampleRun.of(spec, sample, backend).ofClosedCopies().run();
      }
    }
  }

  @Test
  void everyOperationHasASpecification() {
    Set<String> operations =
        new ClassFileImporter()
            .importPackages("dev.tempera.op").stream()
                .filter(CoverageTest::isOperation)
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
    Set<String> specified =
        Specs.all().stream()
            .map(spec -> spec.operation().getSimpleName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(operations).hasSizeGreaterThan(20);
    assertThat(specified).isEqualTo(operations);
  }

  private static boolean isOperation(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getMethods().stream().anyMatch(CoverageTest::isEntry);
  }

  private static boolean isEntry(JavaMethod method) {
    return method.getModifiers().containsAll(Set.of(JavaModifier.PUBLIC, JavaModifier.STATIC))
        && (method.getRawReturnType().isEquivalentTo(Tensor.class)
            || method.getRawReturnType().isEquivalentTo(List.class)
            || method.getRawReturnType().isEquivalentTo(ValuesAndIndices.class));
  }

  @Test
  void everySpecificationIsNamedLikeItsOperation() {
    for (OpSpec<?> spec : Specs.all()) {
      assertThat(spec.getClass().getSimpleName())
          .isEqualTo(spec.operation().getSimpleName() + "Spec");
    }
  }

  @Test
  void everySpecificationHasErrorAndBenchmarkSamples() {
    for (OpSpec<?> spec : Specs.all()) {
      assertThat(spec.errors()).as("wrong uses of %s", spec.name()).isNotEmpty();
      assertThat(spec.largeSamples(Draw.forName(spec.name())))
          .as("what is timed of %s", spec.name())
          .isNotEmpty();
    }
  }

  @Test
  void everyDifferentiableOperationIsProbedByFiniteDifferences() {
    for (OpSpec<?> spec : Specs.all()) {
      if (spec.isDifferentiable()) {
        assertThat(spec.samples(Draw.forName(spec.name())))
            .as("samples of %s that are smooth", spec.name())
            .anyMatch(Sample::smooth);
      }
    }
  }

  @Test
  void everyKernelIsReached() {
    Set<String> kernels =
        Stream.of(
                ElementwiseOps.class,
                ReduceOps.class,
                MatmulOps.class,
                ConvOps.class,
                PoolOps.class,
                ResampleOps.class,
                NormOps.class,
                IndexOps.class,
                ScanOps.class,
                SoftmaxOps.class,
                SortOps.class,
                RandomOps.class)
            .flatMap(family -> Arrays.stream(family.getDeclaredMethods()))
            .filter(
                method ->
                    !method.isSynthetic()
                        && !Modifier.isStatic(method.getModifiers())
                        && Modifier.isPublic(method.getModifiers()))
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(RECORDER.methods()).containsAll(kernels);
  }

  @Test
  void everyConstantIsReached() {
    List<Enum<?>> constants = new ArrayList<>();
    constants.addAll(List.of(UnaryOp.values()));
    // The rectifier has a method of its own, with a mask.
    constants.remove(UnaryOp.RELU);
    constants.addAll(List.of(BinaryOp.values()));
    constants.addAll(List.of(CompareOp.values()));
    constants.addAll(List.of(ReduceOp.values()));
    constants.addAll(List.of(SortOrder.values()));
    assertThat(RECORDER.constants()).containsAll(constants);
    assertThat(new Resize2dSpec().samples(new Draw(0)))
        .extracting(sample -> sample.parameters().interpolation())
        .contains(Interpolation.values());
    assertThat(new Pad2dSpec().samples(new Draw(0)))
        .extracting(sample -> sample.parameters().mode())
        .contains(PaddingMode.values());
  }
}
