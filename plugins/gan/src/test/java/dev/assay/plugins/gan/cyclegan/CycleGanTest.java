package dev.assay.plugins.gan.cyclegan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.spi.Batch;
import dev.assay.spi.Configs;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.LatentCodec;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.testkit.Backends;
import dev.assay.testkit.TestContext;
import dev.assay.testkit.ToyBatches;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Set A: a bright bar on dark ground; set B: a dark bar on bright ground; 8×8, 9 levels. */
final class CycleGanTest {
  private static final int COUNT = 200;
  private static final Shape ITEM = Shape.of(8, 8, 1);
  private static final DataSpec.Conditional SPEC =
      new DataSpec.Conditional(new Modality.Image(8, 8, 1, 9), new Modality.Label(2));

  private final Backend backend = Backends.open(2);
  private final CycleGanConfig config =
      Configs.bind(
          CycleGanConfig.class, Map.of("width", 6, "blocks", 1, "batch", 8, "learning_rate", 2e-3));

  @AfterEach
  void close() {
    backend.close();
  }

  private static Batch bars(int labels) {
    RandomStream random = RandomStream.root(1);
    float[] data = new float[COUNT * 64];
    int[] sets = new int[COUNT];
    for (int i = 0; i < COUNT; i++) {
      sets[i] = i % labels;
      int at = random.nextInt(8);
      for (int p = 0; p < 64; p++) {
        boolean bar = p / 8 == at;
        data[i * 64 + p] = bar == (sets[i] == 0) ? 7 + random.nextInt(2) : random.nextInt(2);
      }
    }
    return new Batch(new Values.Dense(ITEM, data), new Values.Labels(sets));
  }

  @Test
  void eachSetIsCarriedToTheOtherAndBack() {
    Batch data = bars(2);
    try (CycleGanModel model = new CycleGanModel(config, TestContext.of(backend, 1, SPEC, data))) {
      ToyBatches batches = new ToyBatches(SPEC, data, RandomStream.root(2));
      for (int i = 0; i < 150; i++) {
        model.train(batches);
      }
      LatentCodec codec = model;
      Values.Dense there = codec.encode(data);
      Values.Dense back = (Values.Dense) codec.decode(there, data.condition());
      double[] brightness = new double[2];
      double apart = 0;
      for (int i = 0; i < there.data().length; i++) {
        brightness[i / 64 % 2] += there.data()[i] / (there.data().length / 2.0);
        double difference = back.data()[i] - data.dense().data()[i];
        apart += Math.abs(difference) / there.data().length;
      }
      // A has one bright row of eight, mean 1.4; B one dark row, mean 6.6.
      assertThat(brightness[0]).as("A carried to B").isGreaterThan(5.5);
      assertThat(brightness[1]).as("B carried to A").isLessThan(2.5);
      assertThat(apart).as("levels between an image and its way there and back").isLessThan(1);
    }
  }

  @Test
  void eachSideOfTheGameLeavesTheOthersWeightsAlone() {
    Batch data = bars(2);
    CycleGanConfig still =
        Configs.bind(CycleGanConfig.class, Map.of("width", 4, "blocks", 1, "batch", 4));
    try (CycleGanModel model = new CycleGanModel(still, TestContext.of(backend, 1, SPEC, data))) {
      float[][] images = new float[2][4 * 64];
      Arrays.fill(images[1], 8);
      float[] before = model.weights(Players.CRITICS);
      model.stepTranslators(images);
      assertThat(model.weights(Players.CRITICS)).isEqualTo(before);
      float[] translators = model.weights(Players.TRANSLATORS);
      model.stepCritics(images);
      assertThat(model.weights(Players.TRANSLATORS)).isEqualTo(translators);
      assertThat(model.weights(Players.CRITICS)).isNotEqualTo(before);
    }
  }

  @Test
  void aSetWithoutImagesIsNamed() {
    Batch data = bars(1);
    try (CycleGanModel model = new CycleGanModel(config, TestContext.of(backend, 1, SPEC, data))) {
      ToyBatches batches = new ToyBatches(SPEC, data, RandomStream.root(2));
      assertThatThrownBy(() -> model.train(batches))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("label 1 has hardly any image");
    }
  }

  @Test
  void moreOrFewerThanTwoSetsDoNotFit() {
    CycleGanProvider provider = new CycleGanProvider();
    Modality digits = new Modality.Image(8, 8, 1, 17);
    assertThat(provider.fits(config, new DataSpec.Conditional(digits, new Modality.Label(10))))
        .isEqualTo(
            Fit.no(
                "it translates between two sets, told apart by a label of 2 classes; here are 10"));
    assertThat(provider.fits(config, SPEC)).isEqualTo(Fit.raw());
  }
}
