package dev.tempera.bench;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The directions in which packages may depend on one another, over the classes of every module. */
@AnalyzeClasses(packages = "dev.tempera", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String DATA = "dev.tempera.data..";
  private static final String BACKEND = "dev.tempera.backend..";
  private static final String REFERENCE = "dev.tempera.reference..";
  private static final String AUTOGRAD = "dev.tempera.autograd..";
  private static final String TENSOR = "dev.tempera.tensor..";
  private static final String OP = "dev.tempera.op..";
  private static final String CPU = "dev.tempera.cpu..";

  @ArchTest
  static final ArchRule dataStandsAlone =
      noClasses()
          .that()
          .resideInAPackage(DATA)
          .should()
          .dependOnClassesThat(resideInAPackage("dev.tempera..").and(resideOutsideOfPackage(DATA)));

  @ArchTest
  static final ArchRule backendsKnowNeitherTensorsNorTheGraph =
      noClasses()
          .that()
          .resideInAnyPackage(BACKEND, REFERENCE, CPU)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(AUTOGRAD, TENSOR, OP);

  @ArchTest
  static final ArchRule theGraphKnowsNeitherKernelsNorTensors =
      noClasses()
          .that()
          .resideInAPackage(AUTOGRAD)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(BACKEND, REFERENCE, CPU, TENSOR, OP);

  @ArchTest
  static final ArchRule tensorsAndOperationsReachKernelsThroughTheBackendInterface =
      noClasses()
          .that()
          .resideInAnyPackage(TENSOR, OP, "dev.tempera.optim..", "dev.tempera.nn..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(REFERENCE, CPU);

  @ArchTest
  static final ArchRule onlySimdUsesTheVectorApi =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.tempera.cpu.simd..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector..");

  @ArchTest
  static final ArchRule backendsAreFoundAtRunTimeOnly =
      noClasses()
          .that()
          .resideOutsideOfPackages(CPU, "dev.tempera.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(CPU);

  @ArchTest
  static final ArchRule onlyProgramsAndTestsWriteToTheStandardStreams =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.tempera.style.cli..",
              "dev.tempera.examples..",
              "dev.tempera.bench..",
              "dev.tempera.testkit..")
          // What leaked is told as the program ends, when logging has ended already.
          .and()
          .doNotHaveFullyQualifiedName("dev.tempera.tensor.LiveStorages")
          .should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule packagesFormNoCycles =
      slices()
          .matching("dev.tempera.(**)")
          .should()
          .beFreeOfCycles()
          // Tensors have fluent methods for the operations people chain, and operations take
          // tensors.
          .ignoreDependency(resideInAPackage(TENSOR), resideInAPackage(OP));

  @ArchTest
  static void everyModuleIsSeen(JavaClasses classes) {
    Set<String> packages =
        classes.stream()
            .map(JavaClass::getPackageName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(packages)
        .contains(
            "dev.tempera.data",
            "dev.tempera.backend",
            "dev.tempera.reference",
            "dev.tempera.autograd",
            "dev.tempera.forecast",
            "dev.tempera.tensor",
            "dev.tempera.op",
            "dev.tempera.nn",
            "dev.tempera.optim",
            "dev.tempera.io",
            "dev.tempera.cpu",
            "dev.tempera.cpu.kernel",
            "dev.tempera.cpu.simd",
            "dev.tempera.examples.lenet",
            "dev.tempera.style.cli");
    assertThat(classes.size()).isGreaterThan(120);
  }
}
