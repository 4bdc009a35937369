package dev.assay.tensor.suite;

import java.util.Optional;
import java.util.stream.LongStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random graphs. The system property {@code assay.fuzz.graphs} says how many (300), {@code
 * assay.fuzz.first} where the seeds begin (0).
 */
interface FuzzTests extends BackendTests {
  static LongStream blocks() {
    return LongStream.range(0, Long.getLong("assay.fuzz.graphs", 300))
        .map(i -> i)
        .filter(i -> i % 50 == 0);
  }

  @ParameterizedTest(name = "random graphs from seed {0}")
  @MethodSource("blocks")
  default void randomGraphsGiveTheSame(long block) {
    long first = Long.getLong("assay.fuzz.first", 0) + block;
    for (long seed = first; seed < first + 50; seed++) {
      long graph = seed;
      Optional<String> difference =
          new Comparison(
                  backend(), Tolerance.ROUNDING, seed, made -> GraphFuzzer.build(made, graph))
              .difference();
      if (difference.isPresent()) {
        Assertions.fail("seed " + seed + " on " + backend().id() + ": " + difference.get());
      }
    }
  }
}
