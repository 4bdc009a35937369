package dev.assay.runner.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.spi.Batch;
import dev.assay.spi.Configs;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The mathematics of tasks, by hand. */
final class TaskTest {
  private static final Modality.Image PAIR = new Modality.Image(1, 2, 1, 11);

  private static Values.Dense dense(int width, float... data) {
    return new Values.Dense(Shape.of(width), data);
  }

  private static String shown(boolean[] hidden, int width) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < hidden.length; i++) {
      text.append(hidden[i] ? '#' : '.').append((i + 1) % width == 0 ? "\n" : "");
    }
    return text.toString();
  }

  private static boolean[] hidden(String part, double share) {
    Inpainting.Settings settings =
        Configs.bind(Inpainting.Settings.class, Map.of("hide", part, "share", share));
    return Inpainting.hidden(
        settings, new Modality.Image(4, 4, 1, 2), RandomStream.root(1).child("hide"));
  }

  @Test
  void partsAreHiddenWhereTheirNamesSay() {
    assertThat(shown(hidden("bottom", 0.5), 4)).isEqualTo("....\n....\n####\n####\n");
    assertThat(shown(hidden("top", 0.25), 4)).isEqualTo("####\n....\n....\n....\n");
    assertThat(shown(hidden("left", 0.5), 4)).isEqualTo("##..\n##..\n##..\n##..\n");
    assertThat(shown(hidden("right", 0.25), 4)).isEqualTo("...#\n...#\n...#\n...#\n");
    assertThat(shown(hidden("centre", 0.25), 4)).isEqualTo("....\n.##.\n.##.\n....\n");
    assertThat(shown(hidden("random", 1), 4)).doesNotContain(".");
    assertThat(shown(hidden("random", 0.5), 4)).contains("#", ".");
  }

  /** Errors 0, 1 and 2, 1 in levels: mean squares ½ and 5/2, their mean 3/2; the peak is 10. */
  @Test
  void errorsAreThoseOfTheCountedNumbers() {
    Values.Dense truth = dense(2, 3, 4, 5, 6);
    Values.Dense results = dense(2, 3, 5, 7, 7);
    List<Outcome.Value> all = Errors.of(PAIR, truth, results, _ -> true, "").values();
    assertThat(all.getFirst().value()).isCloseTo(Math.sqrt(1.5), within(1e-12));
    assertThat(all.get(1).value()).isCloseTo(10 * Math.log10(100 / 1.5), within(1e-12));
    // mean ± 1.96 √(2 / 2) reaches 0 below
    assertThat(all.getFirst().low()).isZero();
    assertThat(all.getFirst().high()).isCloseTo(Math.sqrt(1.5 + 1.959964), within(1e-6));
    assertThat(all.get(1).low()).isNaN();

    List<Outcome.Value> second = Errors.of(PAIR, truth, results, k -> k == 1, "").values();
    assertThat(second.getFirst().value()).isEqualTo(1);
    assertThat(second.getFirst().n()).isEqualTo(2);
    // two draws of each: the second exact
    Values.Dense draws = dense(2, 3, 5, 7, 7, 3, 4, 5, 6);
    assertThat(Errors.of(PAIR, truth, draws, _ -> true, "").values().getFirst().value())
        .isCloseTo(Math.sqrt(0.75), within(1e-12));
    // no error, no ratio
    assertThat(Errors.of(PAIR, truth, truth, _ -> true, "").values())
        .extracting(Outcome.Value::name)
        .containsExactly("rmse");
  }

  /** Of the 6 pairs, bad wins 4, and one is a tie: (4 + ½) / 6. */
  @Test
  void theAreaCountsWinsAndHalvesTies() {
    double[] good = {1, 2, 3};
    double[] bad = {2, 4};
    Outcome.Value area = OutlierDetection.auroc(good, bad, "score:exact");
    assertThat(area.value()).isEqualTo(4.5 / 6);
    assertThat(area.low()).isLessThan(area.value());
    assertThat(area.high()).isEqualTo(1);
    assertThat(OutlierDetection.auroc(bad, new double[] {9, 9, 9}, "").value()).isEqualTo(1);
  }

  /** At an area of ½ the variance is that of Mann and Whitney 1947: (m + n + 1) / (12 m n). */
  @Test
  void theIntervalOfAnAreaThatTellsNothingIsKnown() {
    double[] good = {1, 2, 3, 4, 5, 16, 17, 18, 19, 20};
    double[] bad = {6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    Outcome.Value area = OutlierDetection.auroc(good, bad, "");
    assertThat(area.value()).isEqualTo(0.5);
    double half = 1.959964 * Math.sqrt(21.0 / 1200);
    assertThat(area.low()).isCloseTo(0.5 - half, within(1e-6));
    assertThat(area.high()).isCloseTo(0.5 + half, within(1e-6));
  }

  @Test
  void spoiledExamplesKeepWhatTheyShould() {
    Values.Dense x = dense(4, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10);
    Modality.Image square = new Modality.Image(2, 2, 1, 11);
    RandomStream random = RandomStream.root(5);
    Values.Dense inverted =
        OutlierDetection.spoil(x, OutlierDetection.Spoiling.INVERTED, square, random);
    assertThat(inverted.data()).startsWith(10, 9, 8, 7);
    // 0 1 | 2 3 turned by a quarter: 1 3 | 0 2
    Values.Dense rotated =
        OutlierDetection.spoil(x, OutlierDetection.Spoiling.ROTATED, square, random);
    assertThat(rotated.data()).startsWith(1, 3, 0, 2, 5, 7, 4, 6);
    Values.Dense shuffled =
        OutlierDetection.spoil(x, OutlierDetection.Spoiling.SHUFFLED, square, random);
    for (int k = 0; k < 4; k++) {
      assertThat(List.of(shuffled.data()[k], shuffled.data()[4 + k], shuffled.data()[8 + k]))
          .containsExactlyInAnyOrder(x.data()[k], x.data()[4 + k], x.data()[8 + k]);
    }
  }

  /** From (2, 0) to (0, 2): half way is (1, 1) on the line, and (√2, √2) on the circle. */
  @Test
  void waysBetweenCodesBeginAndEndAtThem() {
    Values.Dense codes = dense(2, 2, 0, 0, 2);
    for (Interpolation.Path path : Interpolation.Path.values()) {
      assertThat(Interpolation.between(codes, 0, path).data()).containsExactly(2, 0);
      assertThat(Interpolation.between(codes, 1, path).data()[1]).isEqualTo(2);
    }
    assertThat(Interpolation.between(codes, 0.5, Interpolation.Path.LINEAR).data())
        .containsExactly(1, 1);
    assertThat(Interpolation.between(codes, 0.5, Interpolation.Path.SPHERICAL).data())
        .containsExactly((float) Math.sqrt(2), (float) Math.sqrt(2));
    // where there is no great circle, the line
    Values.Dense same = dense(2, 1, 1, 1, 1);
    assertThat(Interpolation.between(same, 0.3, Interpolation.Path.SPHERICAL).data())
        .containsExactly(1, 1);
  }

  /** Wilson's interval of 3 of 4 is .3006 to .9544. */
  @Test
  void theClassIsThatOfTheNearestTrainingExample() {
    Batch train = new Batch(dense(1, 0, 10), new Values.Labels(new int[] {0, 1}));
    Outcome.Value value =
        NearestClass.of(train).accuracy("accuracy", dense(1, 1, 2, 9, 3), new int[] {0, 0, 1, 1});
    assertThat(value.value()).isEqualTo(0.75);
    assertThat(value.low()).isCloseTo(0.3006, within(1e-4));
    assertThat(value.high()).isCloseTo(0.9544, within(1e-4));
  }

  /** Six of twelve, three classes: two of each, whatever the order. */
  @Test
  void chosenExamplesAreSpreadOverTheClassesInAnyOrder() {
    float[] places = new float[12];
    int[] sorted = new int[12];
    int[] inTurn = new int[12];
    for (int i = 0; i < 12; i++) {
      places[i] = i;
      sorted[i] = i / 4;
      inTurn[i] = i % 3;
    }
    Batch ofSorted = Spread.of(new Batch(dense(1, places), new Values.Labels(sorted)), 6);
    assertThat(ofSorted.dense().data()).containsExactly(0, 2, 4, 6, 8, 10);
    // 0 3 6 9, 1 4 7 10, 2 5 8 11: the first and the third of each
    Batch ofTurns = Spread.of(new Batch(dense(1, places), new Values.Labels(inTurn)), 6);
    assertThat(ofTurns.dense().data()).containsExactly(0, 1, 2, 6, 7, 8);
    assertThat(((Values.Labels) ofTurns.condition()).labels()).containsExactly(0, 1, 2, 0, 1, 2);
    assertThat(Spread.of(ofTurns, 6)).isSameAs(ofTurns);
  }

  @Test
  void realImagesAndSamplesOfTheSameLabelsTakeTurns() {
    Values.Labels labels = new Values.Labels(new int[] {7, 3});
    Batch both =
        Augmentation.both(
            new Batch(dense(2, 1, 2, 3, 4), labels), new Batch(dense(2, 5, 6, 7, 8), labels));
    assertThat(both.dense().data()).containsExactly(1, 2, 5, 6, 3, 4, 7, 8);
    assertThat(((Values.Labels) both.condition()).labels()).containsExactly(7, 7, 3, 3);
  }

  @Test
  void everyTaskIsDocumentedAndHasDefaultsWithinItsBounds() {
    assertThat(Task.all()).extracting(Task::id).doesNotHaveDuplicates().isSorted();
    for (Task<?> task : Task.all()) {
      assertThat(task.id()).matches("[a-z0-9]+(-[a-z0-9]+)*");
      assertThat(task.summary()).isNotBlank().doesNotEndWith(".");
      assertThat(Configs.defaults(task.settingsType())).isNotNull();
    }
  }
}
