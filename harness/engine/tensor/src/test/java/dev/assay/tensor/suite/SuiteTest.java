package dev.assay.tensor.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Op;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import dev.assay.tensor.reference.ReferenceBackend;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The suite itself: that it sees a wrong backend, and that its random graphs are worth running. */
class SuiteTest {
  /** A reference whose every output was first changed by a factor. */
  private record Skewed(ReferenceBackend inner, float factor) implements Backend {
    @Override
    public String id() {
      return "skewed";
    }

    @Override
    public Map<String, String> facts() {
      return Map.of();
    }

    @Override
    public Variable variable(String name, DType dtype, Shape shape) {
      return inner.variable(name, dtype, shape);
    }

    @Override
    public Program compile(Graph graph) {
      Graph.Builder skewed = Graph.builder();
      graph
          .outputs()
          .forEach((name, t) -> skewed.output(name, t.dtype() == DType.F32 ? t.mul(factor) : t));
      return inner.compile(skewed.assign(graph.assigns()).build());
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  private static Optional<String> difference(float factor, Consumer<Case> build) {
    try (Backend backend = new Skewed(new ReferenceBackend(), factor)) {
      return new Comparison(backend, Tolerance.ROUNDING, 1, build).difference();
    }
  }

  @Test
  void oneInAHundredThousandIsNotTheRoundingOfASmallSum() {
    Consumer<Case> sum = made -> made.out(made.uniform(1, 2, 3, 4).sum(1));
    assertThat(difference(1 + 0x1p-23f, sum)).isEmpty();
    assertThat(difference(1 + 1e-5f, sum))
        .hasValueSatisfying(
            text -> assertThat(text).contains("replay 0, output y0: 3 of 3 elements"));
  }

  @Test
  void whatRoundingCannotDecideIsNotHeldAgainstABackend() {
    // The sum of rounding errors: any number near 10⁻⁷ is right.
    Consumer<Case> cancelled =
        made -> {
          Tensor x = made.uniform(1, 2, 65);
          made.out(x.mul(1.7f).add(x.mul(1.3f)).sub(x.mul(3)));
        };
    assertThat(difference(1.3f, cancelled)).isEmpty();
  }

  @Test
  void theSmallestWrongPartIsShown() {
    Consumer<Case> build =
        made -> made.out(made.normal(5).tanh().sum(0), made.integers(1, 3, 4).mul(2));
    assertThat(difference(1.01f, build))
        .hasValueSatisfying(text ->
            assertThat(text)
                .contains("already wrong alone")
                .contains("output y = %0")
                .doesNotContain("TANH"));
  }

  @Test
  void randomGraphsUseEveryOperation() {
    Set<Class<?>> used = new HashSet<>();
    try (ReferenceBackend backend = new ReferenceBackend()) {
      for (long seed = 0; seed < 300; seed++) {
        long graph = seed;
        Case made = Case.build(backend, seed, c -> GraphFuzzer.build(c, graph));
        made.graph().order().forEach(t -> used.add(t.op().getClass()));
      }
    }
    // Literal integers are leaves that no random graph needs.
    assertThat(used)
        .containsAll(
            java.util.Arrays.stream(Op.class.getPermittedSubclasses())
                .filter(op -> op != Op.ConstantInt.class)
                .toList());
  }

  @Test
  void theSameSeedGivesTheSameGraph() {
    try (ReferenceBackend backend = new ReferenceBackend()) {
      for (long seed = 0; seed < 20; seed++) {
        assertThat(text(backend, seed)).isEqualTo(text(backend, seed));
      }
      assertThat(text(backend, 1)).isNotEqualTo(text(backend, 2));
    }
  }

  private static String text(Backend backend, long seed) {
    String graph = Case.build(backend, seed, c -> GraphFuzzer.build(c, seed)).graph().toString();
    // Arrays print their identity.
    return graph.replaceAll("@[0-9a-f]+", "");
  }
}
