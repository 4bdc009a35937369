package dev.assay.plugins.statistical.hmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.plugins.statistical.Workers;
import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The golden chain of three states and four symbols, and chains of other kinds. */
final class ChainTest {
  private static final double[] START = {0.486, 0.342, 0.172};
  private static final double[] TRANSITIONS = {
    0.522, 0.284, 0.194, 0.297, 0.348, 0.355, 0.335, 0.563, 0.102
  };
  private static final double[] EMISSIONS = {
    0.245, 0.285, 0.297, 0.173, 0.317, 0.263, 0.058, 0.362, 0.27, 0.342, 0.242, 0.146
  };
  private static final float[] OBSERVED = {3, 0, 3, 2, 1, 2};

  private final Chain chain = new Chain(START, TRANSITIONS);

  private static double[] logEmissions() {
    Symbols symbols = new Symbols(3, 1, 4, 0);
    symbols.set(EMISSIONS);
    double[] logs = new double[3 * OBSERVED.length];
    for (int t = 0; t < OBSERVED.length; t++) {
      symbols.logProbabilities(OBSERVED, t, logs, 3 * t);
    }
    return logs;
  }

  @Test
  void likelihoodAndPosteriorsAreTheGoldenOnes() {
    double[] posteriors = logEmissions();
    Chain.Counts counts = Chain.Counts.zero(3);
    assertThat(chain.expect(posteriors, counts)).isCloseTo(8.678914758671564, within(1e-12));
    double[] expected = {
      0.34718295713718644, 0.5449845408828827, 0.10783250197993076,
      0.3198120032412648, 0.37358266852653554, 0.3066053282321996,
      0.3115419062153539, 0.5734776496421394, 0.11498044414250662,
      0.5637458228637322, 0.1049454494777569, 0.3313087276585109,
      0.4795844608491249, 0.3492282918528541, 0.17118724729802096,
      0.6074977293044562, 0.10808207913785177, 0.28442019155769194
    };
    assertThat(posteriors).containsExactly(expected, within(1e-12));
    assertThat(Arrays.stream(counts.transitions()).sum()).isCloseTo(5, within(1e-12));
  }

  @Test
  void theMostLikelyPathIsTheGoldenOne() {
    assertThat(chain.viterbi(logEmissions())).containsExactly(1, 2, 1, 0, 0, 0);
  }

  @Test
  void theFilterAndTheForwardPassAgree() {
    double[] logs = logEmissions();
    Chain.Filter filter = chain.new Filter();
    double nats = 0;
    for (int t = 0; t < OBSERVED.length; t++) {
      nats += filter.nats(Arrays.copyOfRange(logs, 3 * t, 3 * t + 3));
    }
    assertThat(nats).isCloseTo(8.678914758671564, within(1e-12));
  }

  @Test
  void expectedTransitionsAreThoseOfAllPathsByTheirWeight() {
    double[] logs = logEmissions();
    double[] counts = new double[9];
    double total = 0;
    for (int code = 0; code < 729; code++) {
      int[] path = new int[6];
      for (int t = 0, rest = code; t < 6; t++, rest /= 3) {
        path[t] = rest % 3;
      }
      double weight = START[path[0]] * Math.exp(logs[path[0]]);
      for (int t = 1; t < 6; t++) {
        weight *= TRANSITIONS[3 * path[t - 1] + path[t]] * Math.exp(logs[3 * t + path[t]]);
      }
      total += weight;
      for (int t = 1; t < 6; t++) {
        counts[3 * path[t - 1] + path[t]] += weight;
      }
    }
    Chain.Counts expected = Chain.Counts.zero(3);
    chain.expect(logEmissions(), expected);
    for (int i = 0; i < 9; i++) {
      assertThat(expected.transitions()[i]).isCloseTo(counts[i] / total, within(1e-12));
    }
  }

  @Test
  void noSweepOfAGaussianChainLosesLikelihoodAndItsStatesAreFound() {
    List<float[]> series = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      RandomStream random = RandomStream.root(5).child(i);
      float[] x = new float[60];
      int state = random.nextInt(2);
      for (int t = 0; t < x.length; t++) {
        state = random.nextInt(10) == 0 ? 1 - state : state;
        x[t] = (float) (state == 0 ? random.nextGaussian() : 4 + 0.5 * random.nextGaussian());
      }
      series.add(x);
    }
    Gaussians gaussians = new Gaussians(2, 1e-9);
    gaussians.start(series, RandomStream.root(6));
    HiddenMarkov model = new HiddenMarkov(2, 1e-9, gaussians, RandomStream.root(7));
    double last = Double.POSITIVE_INFINITY;
    for (int sweep = 0; sweep < 30; sweep++) {
      double nats = Arrays.stream(model.sweep(series, new Workers(2))).sum();
      assertThat(nats).isLessThanOrEqualTo(last + 1e-6);
      last = nats;
    }
    float[] means = new float[2];
    gaussians.likeliest(0, means, 0);
    gaussians.likeliest(1, means, 1);
    // 3000 numbers of each state: standard errors 0.018 and 0.009.
    assertThat(means).containsExactly(new float[] {0, 4}, within(0.1f));
    int[] path = model.viterbi(new float[] {0, 0.3f, 4, 4, 3.8f, -0.2f});
    assertThat(path).containsExactly(0, 0, 1, 1, 1, 0);
  }
}
