package dev.assay.runner.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.spi.Values;
import dev.assay.tensor.Shape;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearestExamplesTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 63, 64, 65, 147, 784})
  void eachSampleGetsTheExampleThatFullDistancesFind(int width) {
    Values.Dense samples = random(11, width, 1);
    Values.Dense examples = random(57, width, 2);

    int[] nearest = NearestExamples.of(samples, examples);

    for (int i = 0; i < samples.count(); i++) {
      int sample = i;
      int expected =
          IntStream.range(0, examples.count())
              .boxed()
              .min(Comparator.comparingDouble(j -> distance(samples, sample, examples, j)))
              .orElseThrow();
      assertThat(nearest[i]).isEqualTo(expected);
    }
  }

  @Test
  void ofEquallyNearExamplesTheFirstIsTaken() {
    Values.Dense samples = new Values.Dense(Shape.of(1), new float[] {0});
    Values.Dense examples = new Values.Dense(Shape.of(1), new float[] {3, -1, 1, -1});

    assertThat(NearestExamples.of(samples, examples)).containsExactly(1);
  }

  @Test
  void aCopyFindsItself() {
    Values.Dense examples = random(30, 64, 3);

    assertThat(NearestExamples.of(examples, examples))
        .containsExactly(IntStream.range(0, 30).toArray());
  }

  private static Values.Dense random(int count, int width, long seed) {
    Random random = new Random(seed);
    float[] data = new float[count * width];
    for (int i = 0; i < data.length; i++) {
      data[i] = random.nextFloat();
    }
    return new Values.Dense(Shape.of(width), data);
  }

  private static double distance(Values.Dense a, int i, Values.Dense b, int j) {
    double sum = 0;
    for (int k = 0; k < a.width(); k++) {
      double difference = (double) a.data()[i * a.width() + k] - b.data()[j * a.width() + k];
      sum += difference * difference;
    }
    return sum;
  }
}
