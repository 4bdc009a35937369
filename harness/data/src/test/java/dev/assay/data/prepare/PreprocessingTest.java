package dev.assay.data.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.prepare.PreprocessOptions.Binarize;
import dev.assay.spi.Batch;
import dev.assay.spi.ConfigException;
import dev.assay.spi.Configs;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.Modality;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PreprocessingTest {
  private static final PreprocessOptions NONE = PreprocessOptions.NONE;

  private static float[] column(Batch batch) {
    float[] column = new float[batch.count()];
    for (int i = 0; i < column.length; i++) {
      column[i] = batch.dense().data()[2 * i];
    }
    return column;
  }

  @Test
  void theDefaultsChangeNothingAndShareTheArrays() {
    Dataset dataset = Toys.table(10, 4);
    PreparedData data =
        Preprocessing.of(
                dataset.card().spec(),
                Configs.defaults(SplitOptions.class),
                Configs.defaults(PreprocessOptions.class))
            .apply(dataset);
    assertThat(data.train().dense().data()).isSameAs(dataset.train().dense().data());
    assertThat(data.test()).isSameAs(dataset.test());
    assertThat(data.spec()).isEqualTo(dataset.card().spec());
    assertThat(data.valid()).isEmpty();
    assertThat(data.trainSize()).isEqualTo(10);
  }

  @Test
  void validationComesFromTheEndOfTrainAndCapsFromTheStart() {
    PreparedData data = Toys.prepared(Toys.table(10, 4), new SplitOptions(3, 5, 2), NONE);
    assertThat(column(data.train())).containsExactly(0, 1, 2, 3, 4);
    assertThat(column(data.valid().orElseThrow())).containsExactly(7, 8, 9);
    assertThat(column(data.test())).containsExactly(0, 1);
  }

  @Test
  void aStreamIsSplitByCharacters() {
    PreparedData data =
        Toys.prepared(Toys.stream("ab😀defgh", "uvwxyz"), new SplitOptions(3, 4, 2), NONE);
    assertThat(data.train().texts().texts()).containsExactly("ab😀d");
    assertThat(data.valid().orElseThrow().texts().texts()).containsExactly("fgh");
    assertThat(data.test().texts().texts()).containsExactly("uv");
    assertThat(data.trainSize()).isEqualTo(4);
  }

  @Test
  void moreThanThereIsIsRefusedWithTheKeyAndTheLimit() {
    assertThatThrownBy(() -> Toys.prepared(Toys.table(10, 4), new SplitOptions(10, 0, 0), NONE))
        .isInstanceOf(ConfigException.class)
        .hasMessage("'valid' is 10, but the training examples allow 9 at most");
    assertThatThrownBy(() -> Toys.prepared(Toys.table(10, 4), new SplitOptions(3, 8, 0), NONE))
        .hasMessage("'train' is 8, but the training examples allow 7 at most");
    assertThatThrownBy(() -> Toys.prepared(Toys.table(10, 4), new SplitOptions(0, 0, 5), NONE))
        .hasMessage("'test' is 5, but the test examples allow 4 at most");
  }

  @Test
  void theThresholdIsHalfTheLevelsUnlessGiven() {
    PreparedData half =
        Toys.prepared(
            Toys.images(1, 1, 17), SplitOptions.OWN, new PreprocessOptions(Binarize.THRESHOLD, 0));
    assertThat(half.train().dense().data())
        .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1);
    assertThat(half.spec()).isEqualTo(DataSpec.of(new Modality.Image(3, 5, 1, 2)));
    PreparedData given =
        Toys.prepared(
            Toys.images(1, 1, 17),
            SplitOptions.OWN,
            Configs.bind(
                PreprocessOptions.class, Map.of("binarize", "threshold", "threshold", 14)));
    assertThat(given.train().dense().data())
        .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
  }

  @Test
  void heldOutPartsAreDrawnOnceForAll() {
    Dataset dataset = Toys.images(40, 40, 17);
    PreparedData first =
        Toys.prepared(dataset, SplitOptions.OWN, new PreprocessOptions(Binarize.STOCHASTIC, 0));
    PreparedData second =
        Toys.prepared(dataset, SplitOptions.OWN, new PreprocessOptions(Binarize.STATIC, 0));
    assertThat(second.test().dense().data()).isEqualTo(first.test().dense().data());
    assertThat(second.train().dense().data()).isEqualTo(first.train().dense().data());
    assertThat(first.test().dense().data()).isNotEqualTo(first.train().dense().data());
    assertThat(dataset.train().dense().data()).as("untouched").contains(16);
    for (float pixel : first.test().dense().data()) {
      assertThat(pixel).isIn(0f, 1f);
    }
  }

  @Test
  void onlyImagesAreBinarizedAndOnlyThresholdsHaveAThreshold() {
    DataSpec table = DataSpec.of(new Modality.Tabular(2));
    DataSpec image = DataSpec.of(new Modality.Image(2, 2, 1, 17));
    assertThatThrownBy(() ->
            Preprocessing.of(table, SplitOptions.OWN, new PreprocessOptions(Binarize.STATIC, 0)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("only images");
    assertThatThrownBy(() ->
            Preprocessing.of(image, SplitOptions.OWN, new PreprocessOptions(Binarize.STATIC, 3)))
        .hasMessageContaining("only with binarize: threshold");
    assertThatThrownBy(() ->
            Preprocessing.of(
                image, SplitOptions.OWN, new PreprocessOptions(Binarize.THRESHOLD, 17)))
        .hasMessageContaining("above the highest level, 16");
  }

  @Test
  void theHashTellsWhatIsDoneApartAndNothingElse() {
    DataSpec image = DataSpec.of(new Modality.Image(2, 2, 1, 17));
    Preprocessing half =
        Preprocessing.of(image, SplitOptions.OWN, new PreprocessOptions(Binarize.THRESHOLD, 0));
    Preprocessing eight =
        Preprocessing.of(image, SplitOptions.OWN, new PreprocessOptions(Binarize.THRESHOLD, 8));
    Preprocessing nine =
        Preprocessing.of(image, SplitOptions.OWN, new PreprocessOptions(Binarize.THRESHOLD, 9));
    Preprocessing plain = Preprocessing.of(image, SplitOptions.OWN, NONE);
    Preprocessing capped = Preprocessing.of(image, new SplitOptions(0, 1, 0), NONE);
    assertThat(half.hash()).isEqualTo(eight.hash()).matches("[0-9a-f]{64}");
    assertThat(List.of(half.hash(), nine.hash(), plain.hash(), capped.hash()))
        .doesNotHaveDuplicates();
    assertThat(half.signature()).isEqualTo("split:train=0,valid=0,test=0|binarize:threshold(8)");
  }
}
