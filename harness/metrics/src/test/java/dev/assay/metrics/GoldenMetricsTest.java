package dev.assay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The metrics against values computed elsewhere: {@code -Dassay.golden=FILE}, or {@code
 * shared/golden/metrics.json} beside the repository. What {@link GoldenCases} does not compute is
 * skipped, by name.
 */
final class GoldenMetricsTest {
  private static final List<String> MISTAKES = List.of("_WRONG", "_NOT_FID");

  /** Absolute tolerances that cases state in words, as their digits are few or they are random. */
  private static final Map<String, Double> STATED =
      Map.of(
          "pub_sacrebleu_corpus.max_ngram_order", 0.005,
          "pub_prdc_gaussian_statistical.density", 0.05);

  /**
   * ln of a small probability that the file has as one less a number near one, or the same by a
   * tanh: true to a rounding error of one, not to one of its own.
   */
  record RoundedLog(double value) {
    private static final double ERROR = Math.ulp(1.0) / 2;

    boolean agrees(double wanted) {
      return Math.abs(Math.exp(value) - Math.exp(wanted)) <= ERROR;
    }
  }

  @TestFactory
  List<DynamicTest> everyImplementedMetricGivesTheGoldenValues() throws IOException {
    Path file = file();
    assumeTrue(
        Files.isRegularFile(file), () -> "no golden values at " + file + "; set assay.golden");
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode golden : JsonMapper.shared().readTree(Files.readString(file)).get("cases")) {
      tests.addAll(tests(golden));
    }
    return tests;
  }

  private static List<DynamicTest> tests(JsonNode golden) {
    String id = golden.get("id").asString();
    JsonNode expected = golden.get("expected");
    double tolerance = golden.get("tol").asDouble();
    Optional<Object> got;
    try {
      got = GoldenCases.compute(golden);
    } catch (RuntimeException e) {
      return List.of(DynamicTest.dynamicTest(id, () -> fail(id, e)));
    }
    if (got.isEmpty()) {
      return List.of(missing(id));
    }
    if (got.get() instanceof Map<?, ?> map) {
      return expected.properties().stream().map(key -> keyed(id, key, map, tolerance)).toList();
    }
    return List.of(DynamicTest.dynamicTest(id, () -> compare(id, expected, got.get(), tolerance)));
  }

  private static DynamicTest keyed(
      String id, Map.Entry<String, JsonNode> expected, Map<?, ?> got, double tolerance) {
    String key = expected.getKey();
    String name = id + "." + key;
    if (isMistake(key)) {
      return mistaken(key, got)
          .map(ours -> DynamicTest.dynamicTest(name, () -> differ(expected.getValue(), ours)))
          .orElseGet(() -> missing(name));
    }
    Object value = got.get(key);
    return value == null
        ? missing(name)
        : DynamicTest.dynamicTest(name, () -> compare(name, expected.getValue(), value, tolerance));
  }

  private static DynamicTest missing(String name) {
    return DynamicTest.dynamicTest(name, () -> abort("not implemented: " + name));
  }

  private static Path file() {
    String given = System.getProperty("assay.golden", "");
    return given.isEmpty()
        ? Path.of(System.getProperty("assay.root", "."), "../shared/golden/metrics.json")
        : Path.of(given);
  }

  /** The computed value that a mistake is about: the mistake is named after what it mistakes. */
  private static Optional<Double> mistaken(String key, Map<?, ?> got) {
    return got.keySet().stream()
        .map(String.class::cast)
        .filter(key::startsWith)
        .max(Comparator.comparingInt(String::length))
        .map(ours -> (Double) got.get(ours));
  }

  private static boolean isMistake(String key) {
    return MISTAKES.stream().anyMatch(key::endsWith);
  }

  private static void differ(JsonNode mistake, double got) {
    assertThat(got).isNotCloseTo(number(mistake), within(1e-6));
  }

  /**
   * Compares numbers by tolerance, integers and strings exactly, lists by position, and every
   * expected name of objects.
   *
   * @param got a Number, String, List, array or Map
   */
  private static void compare(String name, JsonNode expected, Object got, double tolerance) {
    switch (got) {
      case Map<?, ?> map -> {
        assertThat(expected.isObject()).as(name).isTrue();
        for (Map.Entry<String, JsonNode> entry : expected.properties()) {
          String inner = name + "." + entry.getKey();
          assertThat(map.get(entry.getKey())).as(inner).isNotNull();
          compare(inner, entry.getValue(), map.get(entry.getKey()), tolerance);
        }
      }
      case double[] row -> each(name, expected, Arrays.stream(row).boxed().toList(), tolerance);
      case double[][] rows -> each(name, expected, List.of(rows), tolerance);
      case List<?> list -> each(name, expected, list, tolerance);
      case RoundedLog(double log) when new RoundedLog(log).agrees(number(expected)) -> {}
      case RoundedLog(double log) -> close(name, expected, log, tolerance);
      case Number number -> close(name, expected, number.doubleValue(), tolerance);
      default -> assertThat(got).as(name).isEqualTo(plain(expected));
    }
  }

  private static void each(String name, JsonNode expected, List<?> got, double tolerance) {
    assertThat(expected.isArray()).as(name).isTrue();
    assertThat(got).as(name).hasSize(expected.size());
    for (int i = 0; i < got.size(); i++) {
      compare(name + "[" + i + "]", expected.get(i), got.get(i), tolerance);
    }
  }

  private static void close(String name, JsonNode expected, double got, double tolerance) {
    double wanted = number(expected);
    Optional<Double> stated =
        STATED.entrySet().stream()
            .filter(entry -> name.startsWith(entry.getKey()))
            .map(Map.Entry::getValue)
            .findAny();
    if (stated.isPresent()) {
      assertThat(got).as(name).isCloseTo(wanted, within(stated.get()));
    } else if (expected.isIntegralNumber() || Double.isInfinite(wanted)) {
      assertThat(got).as(name).isEqualTo(wanted);
    } else {
      double width = tolerance * Math.max(1, Math.abs(wanted));
      assertThat(got).as(name).isCloseTo(wanted, within(width));
    }
  }

  private static Object plain(JsonNode value) {
    return value.isBoolean() ? (Object) value.asBoolean() : value.asString();
  }

  private static double number(JsonNode value) {
    return value.isString() ? Double.parseDouble(value.asString()) : value.asDouble();
  }
}
