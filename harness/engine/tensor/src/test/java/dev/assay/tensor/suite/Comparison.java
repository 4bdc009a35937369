package dev.assay.tensor.suite;

import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.reference.ReferenceBackend;
import dev.assay.tensor.reference.Sensitivity;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Runs a case on the reference and on another backend, and says where they part. */
final class Comparison {
  private static final int REPLAYS = 3;

  private final Backend backend;
  private final Tolerance tolerance;
  private final long seed;
  private final Consumer<Case> build;

  /**
   * @param build called once for each backend; must make the same case each time
   */
  Comparison(Backend backend, Tolerance tolerance, long seed, Consumer<Case> build) {
    this.backend = backend;
    this.tolerance = tolerance;
    this.seed = seed;
    this.build = build;
  }

  /** Where the backends part, with the graph; empty if nowhere. */
  Optional<String> difference() {
    return difference(UnaryOperator.identity()).map(found -> found + "\n" + where());
  }

  /**
   * The smallest part of the graph that is wrong on its own: the first operation whose value
   * differs when it is the only output.
   */
  private String where() {
    Graph whole = graph(UnaryOperator.identity());
    int size = whole.order().size();
    for (int i = 0; i < size; i++) {
      int at = i;
      UnaryOperator<Graph> only = g -> Graph.builder().output("y", g.order().get(at)).build();
      Optional<String> found = difference(only);
      if (found.isPresent()) {
        return "already wrong alone: " + found.get() + "\nin\n" + graph(only);
      }
    }
    return "no operation is wrong alone, only all of\n" + whole;
  }

  private Graph graph(UnaryOperator<Graph> part) {
    try (ReferenceBackend reference = new ReferenceBackend()) {
      return part.apply(Case.build(reference, seed, build).graph());
    }
  }

  /** Sensitivities are costly, and not needed where results agree without them. */
  private Optional<String> difference(UnaryOperator<Graph> part) {
    Tolerance close = new Tolerance(tolerance.ulps(), tolerance.absolute(), 0);
    Optional<String> found = difference(part, close);
    return found.isPresent() && tolerance.sensitivities() > 0 ? difference(part, tolerance) : found;
  }

  private Optional<String> difference(UnaryOperator<Graph> part, Tolerance held) {
    try (ReferenceBackend reference = new ReferenceBackend();
        Side expected = new Side(reference, Case.build(reference, seed, build), part);
        Side actual = new Side(backend, Case.build(backend, seed, build), part)) {
      Sensitivity sensitivity = new Sensitivity(expected.graph());
      for (int replay = 0; replay < REPLAYS; replay++) {
        if (held.sensitivities() > 0) {
          sensitivity.step(expected.inputs(replay));
        }
        Map<String, double[]> truth = expected.replay(replay);
        Map<String, double[]> tried = actual.replay(replay);
        for (String name : truth.keySet()) {
          Optional<String> found =
              compare(truth.get(name), tried.get(name), expected.tensor(name), held, sensitivity);
          if (found.isPresent()) {
            return Optional.of("replay " + replay + ", " + name + ": " + found.get());
          }
        }
      }
      return Optional.empty();
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      return Optional.of(e + "\n  at " + Arrays.stream(e.getStackTrace()).limit(8).toList());
    }
  }

  private static Optional<String> compare(
      double[] truth, double[] tried, Tensor t, Tolerance floats, Sensitivity sensitivity) {
    Tolerance held = t.dtype() == DType.F32 ? floats : Tolerance.EXACT;
    double[] moves = held.sensitivities() > 0 ? sensitivity.of(t, truth) : new double[truth.length];
    int wrong = 0;
    int first = -1;
    for (int i = truth.length - 1; i >= 0; i--) {
      if (!held.accepts(truth[i], tried[i], moves[i])) {
        wrong++;
        first = i;
      }
    }
    return wrong == 0
        ? Optional.empty()
        : Optional.of(
            "%d of %d elements of %s differ, first [%d]: expected %s, got %s, allowed ± %.3g"
                .formatted(
                    wrong,
                    truth.length,
                    t,
                    first,
                    (float) truth[first],
                    (float) tried[first],
                    held.allowed(truth[first], moves[first])));
  }
}
