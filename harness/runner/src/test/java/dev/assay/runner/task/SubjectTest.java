package dev.assay.runner.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.runner.DivergedException;
import dev.assay.spi.Batch;
import dev.assay.spi.EncodedData;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.PreparedData;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A trained model as tasks see it. */
final class SubjectTest {
  private record Nothing() {}

  /** What draws a sample of one number. */
  private interface Drawing {
    float of(RandomStream random, int label);
  }

  private static final Classifiers NONE =
      new Classifiers() {
        @Override
        public Optional<String> kind() {
          return Optional.empty();
        }

        @Override
        public double accuracy(Batch train) {
          throw new AssertionError();
        }
      };

  /** Something of which one method is called, with one argument at least. */
  private static <T> T only(Class<T> type, String method, UnaryOperator<Object> does) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, called, arguments) -> {
              assertThat(called.getName()).isEqualTo(method);
              return does.apply(arguments[0]);
            }));
  }

  @SuppressWarnings("unchecked")
  private static Subject<Nothing> subject(Drawing drawing) {
    UnaryOperator<Object> sample =
        request -> {
          SampleRequest wanted = (SampleRequest) request;
          int[] labels = ((Values.Labels) wanted.condition()).labels();
          float[] drawn = new float[labels.length];
          for (int i = 0; i < drawn.length; i++) {
            drawn[i] = drawing.of(wanted.stream(i), labels[i]);
          }
          return new Samples(new Values.Dense(Shape.of(1), drawn));
        };
    return new Subject<>(
        (GenerativeModel<Nothing>) only(GenerativeModel.class, "sample", sample),
        new Nothing(),
        only(PreparedData.class, "", data -> data),
        only(EncodedData.class, "decode", values -> values),
        1,
        NONE,
        RandomStream.root(1));
  }

  /**
   * A bit whose chance of 1 is 0.4 under label 0 and 0.6 under label 1: one pair in five differs.
   */
  @Test
  void labelsAreHeededWhereDiscreteSamplesSeldomDifferWithThem() {
    for (int seed = 0; seed < 20; seed++) {
      int salt = seed;
      assertThat(
              subject((random, label) ->
                      random.child(salt).nextDouble() < 0.4 + 0.2 * label ? 1 : 0)
                  .heedsLabels(2))
          .isTrue();
    }
    assertThat(subject((random, _) -> random.nextDouble() < 0.5 ? 1 : 0).heedsLabels(2)).isFalse();
  }

  @Test
  void samplesThatAreNoNumbersEndTheTask() {
    Values.Labels labels = new Values.Labels(new int[] {0, 1, 0});
    assertThatThrownBy(() ->
            subject((_, label) -> label == 1 ? Float.NaN : 0).sample(labels, RandomStream.root(2)))
        .isInstanceOf(DivergedException.class)
        .hasMessage("sample 1 holds NaN");
  }
}
