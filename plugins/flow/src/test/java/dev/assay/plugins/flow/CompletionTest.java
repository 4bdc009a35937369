package dev.assay.plugins.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import org.junit.jupiter.api.Test;

final class CompletionTest {
  private static final int CHAINS = 600;
  private static final double CORRELATION = 0.8;
  private static final double DEVIATION = Math.sqrt(1 - CORRELATION * CORRELATION);

  /** Two standard normals of a correlation: z₁ = y₁, z₂ = (y₂ − ρ y₁) / √(1 − ρ²). */
  private record Correlated() implements Transform {
    @Override
    public Mapped forward(Tensor y, Condition condition) {
      Tensor first = y.slice(1, 0, 1);
      Tensor second = y.slice(1, 1, 1).sub(first.mul((float) CORRELATION));
      Tensor z = Tensor.concat(1, first, second.mul((float) (1 / DEVIATION)));
      return new Mapped(z, Tensor.fill((float) -Math.log(DEVIATION), Shape.of(y.dim(0))));
    }

    @Override
    public Mapped inverse(Tensor z, Condition condition) {
      throw new AssertionError("completing goes one way only");
    }
  }

  private static float[] complete(Flow flow, Logit logit, float known) {
    float[] x = new float[2 * CHAINS];
    boolean[] marks = new boolean[2 * CHAINS];
    RandomStream[] streams = new RandomStream[CHAINS];
    for (int i = 0; i < CHAINS; i++) {
      x[2 * i] = known;
      x[2 * i + 1] = 1;
      marks[2 * i] = true;
      streams[i] = RandomStream.root(3).child(i);
    }
    try (Backend backend = Backends.open(1);
        Completion completion = new Completion(backend, flow, logit, 256)) {
      completion.run(x, marks, new Values.Nothing(CHAINS), streams, 0, 300);
    }
    float[] drawn = new float[CHAINS];
    for (int i = 0; i < CHAINS; i++) {
      assertThat(x[2 * i]).isEqualTo(known);
      drawn[i] = x[2 * i + 1];
    }
    return drawn;
  }

  /** y₂ | y₁ ~ N(ρ y₁, 1 − ρ²). Standard errors: .6 / √600 = .025 of the mean. */
  @Test
  void theConditionalOfAGaussianComesBack() {
    Flow flow = new Flow(new Domain(Shape.of(2), 0), new Correlated(), Base.GAUSSIAN);
    assertMoments(complete(flow, null, 1.5f), CORRELATION * 1.5);
  }

  /**
   * The logits of bounded intensities are that Gaussian, so their density bends with the bounds.
   */
  @Test
  void boundedIntensitiesMoveAsLogits() {
    Logit logit = new Logit(16);
    Flow flow = new Flow(new Domain(Shape.of(2), 0), new Correlated(), Base.GAUSSIAN).after(logit);
    float[] drawn = complete(flow, logit, logit.inverse(1.5f));
    for (int i = 0; i < drawn.length; i++) {
      assertThat(drawn[i]).isBetween(0f, 16f);
      drawn[i] = logit.of(drawn[i]);
    }
    assertMoments(drawn, CORRELATION * 1.5);
  }

  private static void assertMoments(float[] drawn, double mean) {
    double sum = 0;
    double squares = 0;
    for (float y : drawn) {
      sum += y;
      squares += (y - mean) * (y - mean);
    }
    assertThat(sum / CHAINS).isCloseTo(mean, within(0.1));
    assertThat(Math.sqrt(squares / CHAINS)).isCloseTo(DEVIATION, within(0.07));
  }
}
