package dev.assay.tensor.suite;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole training steps, and sizes at which work is shared. */
interface WorkloadTests extends BackendTests {
  static Stream<Named<Consumer<Case>>> workloads() {
    return Stream.of(Workloads.steps(), Workloads.large())
        .flatMap(all -> all.entrySet().stream())
        .map(entry -> Named.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("workloads")
  default void workloadsGiveTheSame(Consumer<Case> workload) {
    check(workload);
  }
}
