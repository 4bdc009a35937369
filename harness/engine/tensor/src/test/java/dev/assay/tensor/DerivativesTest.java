package dev.assay.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.tensor.Rules.Rule;
import dev.assay.tensor.reference.Exact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every derivative rule against central differences. Both sides are evaluated in float64 by the
 * reference's own arithmetic, so that a step of 10⁻⁵ leaves an error near 10⁻¹⁰; what remains of
 * float32 are literals in the rules, such as 2/√π, hence 10⁻⁶ of the largest component.
 */
class DerivativesTest {
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-6;
  private static final int DIRECTIONS = 4;

  static Stream<Rule> rules() {
    return Rules.all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void everyPartialDerivativeIsTheCentralDifference(Rule rule) {
    List<Tensor> inputs = inputs(rule);
    Tensor loss = weighted(rule.function().apply(inputs));
    Map<String, double[]> point = point(rule);
    List<double[]> gradients = Exact.of(Gradients.of(loss, inputs), point);
    double scale = largest(gradients);
    for (int i = 0; i < inputs.size(); i++) {
      assertThat(gradients.get(i)).hasSize(rule.shapes().get(i).size());
      for (int j = 0; j < gradients.get(i).length; j++) {
        double[] direction = new double[gradients.get(i).length];
        direction[j] = 1;
        assertThat(gradients.get(i)[j])
            .as("input %d, element %d", i, j)
            .isCloseTo(
                difference(loss, point, Map.of("x" + i, direction)), within(TOLERANCE * scale));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void theDerivativeOfAGradientNormIsTheCentralDifference(Rule rule) {
    List<Tensor> inputs = inputs(rule);
    Tensor loss = weighted(rule.function().apply(inputs));
    Tensor penalty =
        Gradients.of(loss, inputs).stream()
            .map(g -> g.square().sum())
            .reduce(Tensor::add)
            .orElseThrow();
    Map<String, double[]> point = point(rule);
    List<double[]> gradients = Exact.of(Gradients.of(penalty, inputs), point);
    double scale = largest(gradients);
    RandomStream random = RandomStream.root(rule.toString().hashCode());
    for (int attempt = 0; attempt < DIRECTIONS; attempt++) {
      Map<String, double[]> directions = new HashMap<>();
      double slope = 0;
      for (int i = 0; i < inputs.size(); i++) {
        double[] direction = new double[gradients.get(i).length];
        Arrays.setAll(direction, _ -> random.nextGaussian());
        directions.put("x" + i, direction);
        for (int j = 0; j < direction.length; j++) {
          slope += direction[j] * gradients.get(i)[j];
        }
      }
      assertThat(slope)
          .isCloseTo(difference(penalty, point, directions), within(10 * TOLERANCE * scale));
    }
  }

  private static List<Tensor> inputs(Rule rule) {
    List<Tensor> inputs = new ArrayList<>();
    for (Shape shape : rule.shapes()) {
      inputs.add(Tensor.input("x" + inputs.size(), DType.F32, shape));
    }
    return inputs;
  }

  /** Σ wᵢ yᵢ with unequal weights. */
  private static Tensor weighted(Tensor y) {
    Tensor weights = Tensor.iota(Shape.of(y.shape().size()), 0).mul(1.7f).add(0.4f).cos();
    return y.mul(weights.reshape(y.shape())).sum();
  }

  /** Elements on (−2, 2) in random order, no two alike and none near zero, where kinks are. */
  private static Map<String, double[]> point(Rule rule) {
    Map<String, double[]> point = new HashMap<>();
    RandomStream random = RandomStream.root(7);
    for (int i = 0; i < rule.shapes().size(); i++) {
      int n = rule.shapes().get(i).size();
      int[] order = random.permutation(n);
      double[] values = new double[n];
      for (int j = 0; j < n; j++) {
        values[j] = -2 + 4 * (order[j] + 0.5) / n + 0.0123 * (i + 1);
      }
      point.put("x" + i, values);
    }
    return point;
  }

  private static double difference(
      Tensor loss, Map<String, double[]> point, Map<String, double[]> directions) {
    return (moved(loss, point, directions, STEP) - moved(loss, point, directions, -STEP))
        / (2 * STEP);
  }

  private static double moved(
      Tensor loss, Map<String, double[]> point, Map<String, double[]> directions, double by) {
    Map<String, double[]> at = new HashMap<>(point);
    directions.forEach((name, direction) -> {
      double[] values = point.get(name).clone();
      Arrays.setAll(values, i -> values[i] + by * direction[i]);
      at.put(name, values);
    });
    return Exact.of(List.of(loss), at).get(0)[0];
  }

  private static double largest(List<double[]> gradients) {
    return gradients.stream().flatMapToDouble(Arrays::stream).map(Math::abs).reduce(1, Math::max);
  }
}
