package dev.assay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  @TestFactory
  List<DynamicTest> everyImplementedMetricGivesTheGoldenValues() throws IOException {
    Path file = file();
    assumeTrue(
        Files.isRegularFile(file), () -> "no golden values at " + file + "; set assay.golden");
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode golden : JsonMapper.shared().readTree(Files.readString(file)).get("cases")) {
      String id = golden.get("id").asString();
      Map<String, double[]> got = GoldenCases.compute(id, golden.get("inputs"));
      if (got.isEmpty()) {
        tests.add(missing(id));
        continue;
      }
      double tolerance = golden.get("tol").asDouble();
      for (Map.Entry<String, JsonNode> expected : golden.get("expected").properties()) {
        String name = id + "." + expected.getKey();
        tests.add(
            ours(expected.getKey(), got)
                .map(key ->
                    DynamicTest.dynamicTest(name, () -> check(expected, got.get(key), tolerance)))
                .orElseGet(() -> missing(name)));
      }
    }
    return tests;
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

  /**
   * The computed value that an expected key is about; a mistake is named after what it mistakes.
   */
  private static Optional<String> ours(String key, Map<String, double[]> got) {
    return isMistake(key)
        ? got.keySet().stream().filter(key::startsWith).max(Comparator.comparingInt(String::length))
        : Optional.of(key).filter(got::containsKey);
  }

  private static boolean isMistake(String key) {
    return MISTAKES.stream().anyMatch(key::endsWith);
  }

  private static void check(Map.Entry<String, JsonNode> expected, double[] got, double tolerance) {
    if (isMistake(expected.getKey())) {
      assertThat(got[0]).isNotCloseTo(number(expected.getValue()), within(1e-6));
    } else {
      compare(expected.getValue(), got, tolerance);
    }
  }

  private static void compare(JsonNode expected, double[] got, double tolerance) {
    assertThat(got).hasSize(expected.isArray() ? expected.size() : 1);
    for (int i = 0; i < got.length; i++) {
      JsonNode item = expected.isArray() ? expected.get(i) : expected;
      double wanted = number(item);
      if (item.isIntegralNumber() || Double.isInfinite(wanted)) {
        assertThat(got[i]).isEqualTo(wanted);
      } else {
        assertThat(got[i]).isCloseTo(wanted, within(tolerance * Math.max(1, Math.abs(wanted))));
      }
    }
  }

  private static double number(JsonNode value) {
    return value.isString() ? Double.parseDouble(value.asString()) : value.asDouble();
  }
}
