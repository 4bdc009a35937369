package dev.assay.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Who may import whom. Maven's dependencies say it first, but a dependency brings its own along;
 * this table does not.
 */
final class ImportsTest {
  /** Annotations and the JDK's stable API: open to every module. */
  private static final Set<String> EVERYBODY =
      Set.of("java..", "org.jspecify.annotations..", "com.google.auto.service..");

  private static final Map<String, Set<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("dev.assay.tensor", Set.of()),
          Map.entry("dev.assay.cpu", Set.of("dev.assay.tensor..", "jdk.incubator.vector..")),
          Map.entry("dev.assay.jcuda", Set.of("dev.assay.tensor..", "jcuda..")),
          Map.entry("dev.assay.nn", Set.of("dev.assay.tensor..")),
          Map.entry("dev.assay.spi", Set.of("dev.assay.tensor..", "dev.assay.nn..")),
          Map.entry(
              "dev.assay.data",
              Set.of(
                  "dev.assay.spi..",
                  "dev.assay.nn..",
                  "dev.assay.tensor..",
                  "org.apache.commons.csv..",
                  "tools.jackson.core..",
                  "javax.imageio..")),
          Map.entry("dev.assay.statistics", Set.of("org.apache.commons.statistics..")),
          Map.entry(
              "dev.assay.metrics",
              Set.of(
                  "dev.assay.spi..",
                  "dev.assay.statistics..",
                  "dev.assay.nn..",
                  "dev.assay.tensor..",
                  "org.ejml..")),
          Map.entry(
              "dev.assay.testkit",
              Set.of(
                  "dev.assay.spi..",
                  "dev.assay.data..",
                  "dev.assay.nn..",
                  "dev.assay.tensor..",
                  "dev.assay.cpu..",
                  "org.junit..",
                  "org.opentest4j..",
                  "org.assertj..")),
          Map.entry(
              "dev.assay.store",
              Set.of(
                  "dev.assay.statistics..",
                  "tools.jackson..",
                  "com.fasterxml.jackson..",
                  "org.apache.commons.csv..")),
          Map.entry(
              "dev.assay.runner",
              Set.of(
                  "dev.assay.spi..",
                  "dev.assay.store..",
                  "dev.assay.statistics..",
                  "dev.assay.nn..",
                  "dev.assay.tensor..",
                  "com.sun.management..",
                  "tools.jackson..",
                  "com.fasterxml.jackson..",
                  "org.snakeyaml..")),
          Map.entry(
              "dev.assay.dashboard",
              Set.of(
                  "dev.assay.store..",
                  "dev.assay.statistics..",
                  "io.vertx..",
                  "com.zaxxer.hikari..",
                  "org.apache.commons.compress..",
                  "tools.jackson..",
                  "com.fasterxml.jackson..",
                  "org.apache.commons.csv..",
                  "javax.imageio..",
                  "javax.sql..")),
          Map.entry(
              "dev.assay.cli",
              Set.of(
                  "dev.assay.runner..",
                  "dev.assay.dashboard..",
                  "dev.assay.store..",
                  "dev.assay.statistics..",
                  "dev.assay.spi..",
                  "dev.assay.nn..",
                  "dev.assay.tensor..",
                  "tools.jackson..",
                  "com.fasterxml.jackson..",
                  "jdk.incubator.vector..",
                  "picocli..")),
          Map.entry(
              "dev.assay.selftest",
              Set.of("dev.assay.tensor..", "dev.assay.bench..", "org.junit..")),
          Map.entry(
              "dev.assay.bench",
              Set.of(
                  "dev.assay.tensor..",
                  "dev.assay.cpu..",
                  "dev.assay.data..",
                  "dev.assay.nn..",
                  "dev.assay.spi..",
                  "dev.assay.metrics..",
                  "com.sun.management..",
                  "jdk.incubator.vector..",
                  "org.openjdk.jmh..")));

  private static final String VECTORS = "jdk.incubator.vector..";

  private static final Set<String> PLUGIN_MAY_IMPORT =
      Set.of("dev.assay.spi..", "dev.assay.nn..", "dev.assay.tensor..");

  @TestFactory
  Stream<DynamicTest> aModuleImportsOnlyWhatItMay() {
    return modules().entrySet().stream()
        .map(module -> importsOnly(module.getKey(), module.getValue()));
  }

  @Test
  void everyClassBelongsToAModuleOfTheTable() {
    Set<String> strays =
        Product.CLASSES.stream()
            .map(JavaClass::getPackageName)
            .filter(name ->
                modules().keySet().stream()
                    .noneMatch(module -> name.equals(module) || name.startsWith(module + ".")))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(strays).as("packages that ImportsTest.MAY_IMPORT does not mention").isEmpty();
  }

  @Test
  void onlyTheRunnerMeetsBackendsDatasetsMetricsAndPluginsAndOnlyThroughServiceLoader() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.assay.spi..",
            "dev.assay.nn..",
            "dev.assay.store..",
            "dev.assay.runner..",
            "dev.assay.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.assay.cpu..",
            "dev.assay.jcuda..",
            "dev.assay.data..",
            "dev.assay.metrics..",
            "dev.assay.plugins..")
        .check(Product.CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.assay.(**)").should().beFreeOfCycles().check(Product.CLASSES);
  }

  private static Map<String, Set<String>> modules() {
    Map<String, Set<String>> modules = new TreeMap<>(MAY_IMPORT);
    Product.CLASSES.stream()
        .map(JavaClass::getPackageName)
        .filter(name -> name.startsWith("dev.assay.plugins."))
        .map(name -> name.split("\\."))
        .forEach(parts -> modules.put("dev.assay.plugins." + parts[3], PLUGIN_MAY_IMPORT));
    // It works in doubles, for which there is no engine.
    modules.computeIfPresent(
        "dev.assay.plugins.statistical",
        (_, others) ->
            Stream.concat(others.stream(), Stream.of(VECTORS)).collect(Collectors.toSet()));
    return modules;
  }

  private static DynamicTest importsOnly(String module, Set<String> others) {
    Set<String> allowed = new TreeSet<>(EVERYBODY);
    allowed.addAll(others);
    allowed.add(module + "..");
    return DynamicTest.dynamicTest(
        module,
        () ->
            classes()
                .that()
                .resideInAPackage(module + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .check(Product.CLASSES));
  }
}
