package dev.assay.data.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.spi.Batch;
import dev.assay.spi.ConfigException;
import dev.assay.spi.Configs;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.Fit;
import dev.assay.spi.Modality;
import dev.assay.spi.PreparedData;
import dev.assay.spi.TokenizerSpec;
import dev.assay.spi.TokenizerSpec.Scheme;
import dev.assay.spi.TokenizerSpec.Side;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PreprocessingTest {
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
    PreparedData data = Toys.plain(dataset);
    assertThat(data.train().dense().data()).isSameAs(dataset.train().dense().data());
    assertThat(data.test()).isSameAs(dataset.test());
    assertThat(data.spec()).isEqualTo(dataset.card().spec());
    assertThat(data.valid()).isEmpty();
  }

  @Test
  void validationComesFromTheEndOfTrainAndCapsFromTheStart() {
    PreparedData data =
        Toys.prepared(Toys.table(10, 4), Map.of("valid", 3, "train", 5, "test", 2), Map.of());
    assertThat(column(data.train())).containsExactly(0, 1, 2, 3, 4);
    assertThat(column(data.valid().orElseThrow())).containsExactly(7, 8, 9);
    assertThat(column(data.test())).containsExactly(0, 1);
  }

  @Test
  void aStreamIsSplitByCharacters() {
    PreparedData data =
        Toys.prepared(
            Toys.stream("ab😀defgh", "uvwxyz"),
            Map.of("valid", 3, "train", 4, "test", 2),
            Map.of());
    assertThat(data.train().texts().texts()).containsExactly("ab😀d");
    assertThat(data.valid().orElseThrow().texts().texts()).containsExactly("fgh");
    assertThat(data.test().texts().texts()).containsExactly("uv");
    assertThat(data.encoded(Fit.Encoding.RAW).batches(RandomStream.root(0)).size()).isEqualTo(4);
  }

  @Test
  void capitalLettersBecomeSmallInAllParts() {
    PreparedData data =
        Toys.prepared(
            Toys.documents(List.of("Ab", "ÄÖ"), List.of("X1")),
            Map.of(),
            Map.of("lowercase", true));
    assertThat(data.train().texts().texts()).containsExactly("ab", "äö");
    assertThat(data.test().texts().texts()).containsExactly("x1");
    assertThat(data.signature()).contains("|lowercase|");
    assertThatThrownBy(() -> spec(Toys.table(2, 1), Map.of("lowercase", true)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("only texts have capital letters");
  }

  @Test
  void moreThanThereIsIsRefusedWithTheKeyAndTheLimit() {
    assertThatThrownBy(() ->
            Toys.prepared(Toys.table(10, 4), Map.of("valid", 10, "train", 0, "test", 0), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage("'valid' is 10, but the training examples allow 9 at most");
    assertThatThrownBy(() ->
            Toys.prepared(Toys.table(10, 4), Map.of("valid", 3, "train", 8, "test", 0), Map.of()))
        .hasMessage("'train' is 8, but the training examples allow 7 at most");
    assertThatThrownBy(() ->
            Toys.prepared(Toys.table(10, 4), Map.of("valid", 0, "train", 0, "test", 5), Map.of()))
        .hasMessage("'test' is 5, but the test examples allow 4 at most");
  }

  @Test
  void theThresholdIsHalfTheLevelsUnlessGiven() {
    PreparedData half =
        Toys.prepared(Toys.images(1, 1, 17), Map.of(), Map.of("binarize", "threshold"));
    assertThat(half.train().dense().data())
        .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1);
    assertThat(half.spec()).isEqualTo(DataSpec.of(new Modality.Image(3, 5, 1, 2)));
    PreparedData given =
        Toys.prepared(
            Toys.images(1, 1, 17), Map.of(), Map.of("binarize", "threshold", "threshold", 14));
    assertThat(given.train().dense().data())
        .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
  }

  @Test
  void heldOutPartsAreDrawnOnceForAll() {
    Dataset dataset = Toys.images(40, 40, 17);
    PreparedData first = Toys.prepared(dataset, Map.of(), Map.of("binarize", "stochastic"));
    PreparedData second = Toys.prepared(dataset, Map.of(), Map.of("binarize", "static"));
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
    assertThatThrownBy(() -> spec(Toys.table(2, 1), Map.of("binarize", "static")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("only images");
    Dataset images = Toys.images(2, 1, 17);
    assertThatThrownBy(() -> spec(images, Map.of("binarize", "static", "threshold", 3)))
        .hasMessageContaining("only with binarize: threshold");
    assertThatThrownBy(() -> spec(images, Map.of("binarize", "threshold", "threshold", 17)))
        .hasMessageContaining("above the highest level, 16");
    assertThat(spec(images, Map.of("binarize", "stochastic")))
        .isEqualTo(DataSpec.of(new Modality.Image(3, 5, 1, 2)));
  }

  /** A picture of 3×5 pixels whose levels are 0 to 14. */
  @Test
  void aPictureStandsInPlaceOfTheCondition() {
    PreparedData tones =
        Toys.prepared(Toys.images(1, 1, 17), Map.of(), Map.of("condition", "two_tone"));
    assertThat(tones.spec().condition()).isEqualTo(new Modality.Image(3, 5, 1, 2));
    assertThat(((Values.Dense) tones.train().condition()).data())
        .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1);
    assertThat(tones.signature()).startsWith("data:toy|condition:two_tone|sha:");

    // rows 0 1 | 2 3, 4 5 | 6 7 in blocks of two
    Modality.Image form = new Modality.Image(2, 4, 1, 9);
    Values.Dense image = new Values.Dense(Shape.of(2, 4, 1), new float[] {0, 1, 2, 3, 4, 5, 6, 8});
    Picture small = Picture.Small.of(form, 2);
    assertThat(small.form(form)).isEqualTo(new Modality.Image(1, 2, 1, 9));
    // means 2.5 and 4.75
    assertThat(small.of(image, form).data()).containsExactly(3, 5);
    assertThatThrownBy(() -> spec(Toys.images(1, 1, 17), Map.of("condition", "small", "block", 2)))
        .isInstanceOf(ConfigException.class)
        .hasMessage("'block' is 2, but must divide both sides of the image, 3 and 5");
    assertThatThrownBy(() -> spec(Toys.table(2, 1), Map.of("condition", "small")))
        .hasMessageContaining("only of one set of images");
  }

  private static DataSpec spec(Dataset dataset, Map<String, ?> preprocess) {
    return new Preparer()
        .spec(
            dataset.card(),
            Configs.defaults(SplitOptions.class),
            Configs.bind(PreprocessOptions.class, preprocess));
  }

  @Test
  void theSignatureTellsHowTheTestExamplesCameAbout() {
    Dataset images = Toys.images(9, 5, 17);
    assertThat(Toys.plain(images).signature()).matches("data:toy\\|sha:[0-9a-f]{12}");
    assertThat(
            Toys.prepared(images, Map.of("valid", 2, "train", 3), Map.of("binarize", "threshold"))
                .signature())
        .startsWith("data:toy|binarize:threshold-8|sha:");
    assertThat(
            Toys.prepared(images, Map.of("test", 4), Map.of("binarize", "stochastic")).signature())
        .startsWith("data:toy|test:first-4|binarize:stochastic|sha:");
  }

  @Test
  void theSignatureChangesWithTheTestExamplesAndWithNothingElse() {
    Dataset table = Toys.table(9, 5);
    String signature = Toys.plain(table).signature();
    assertThat(Toys.prepared(table, Map.of("train", 8), Map.of()).signature()).isEqualTo(signature);
    assertThat(Toys.plain(Toys.table(9, 6)).signature()).isNotEqualTo(signature);
  }

  @Test
  void theHashIsThatOfTheExamplesAndTheirConditions() {
    PreparedData data = Toys.plain(Toys.table(9, 5));
    assertThat(data.hash()).matches("[0-9a-f]{64}");
    assertThat(Toys.plain(Toys.table(9, 5)).hash()).isEqualTo(data.hash());
    assertThat(Toys.prepared(Toys.table(9, 5), Map.of("train", 8), Map.of()).hash())
        .isNotEqualTo(data.hash());
    assertThat(Toys.prepared(Toys.table(9, 5), Map.of("valid", 1), Map.of()).hash())
        .isNotEqualTo(Toys.plain(Toys.table(8, 5)).hash());
    Dataset dataset = Toys.table(9, 5);
    ((Values.Labels) dataset.test().condition()).labels()[4]++;
    assertThat(Toys.plain(dataset).hash()).isNotEqualTo(data.hash());
    Dataset images = Toys.images(20, 5, 17);
    assertThat(Toys.prepared(images, Map.of(), Map.of("binarize", "threshold")).hash())
        .isNotEqualTo(Toys.plain(images).hash());
    assertThat(Toys.plain(Toys.documents(List.of("ab", "c"), List.of("d"))).hash())
        .isNotEqualTo(Toys.plain(Toys.documents(List.of("a", "bc"), List.of("d"))).hash());
  }

  @Test
  void onlyTextHasTokenizersAndEachKindIsMadeOnce() {
    PreparedData text = Toys.plain(Toys.documents(List.of("ab", "c"), List.of("d")));
    assertThat(text.tokenizer(TokenizerSpec.of(Scheme.CHAR)))
        .isSameAs(text.tokenizer(TokenizerSpec.of(Scheme.CHAR)));
    // a, b, c, the end, and an unknown token for the d of the test part
    assertThat(text.tokenizer(TokenizerSpec.of(Scheme.CHAR)).size()).isEqualTo(5);
    assertThatThrownBy(() -> text.tokenizer(TokenizerSpec.of(Scheme.CHAR).on(Side.BOTH)))
        .hasMessageContaining("needs text");
    assertThatThrownBy(() -> Toys.plain(Toys.table(2, 1)).tokenizer(TokenizerSpec.of(Scheme.CHAR)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs text, but toy is");
  }

  @Test
  void theKnownDensityStaysUnlessTheDataChange() {
    Dataset plain = Toys.images(2, 1, 17);
    Dataset.KnownDensity density =
        new Dataset.KnownDensity() {
          @Override
          public double logDensity(float[] x) {
            return 0;
          }

          @Override
          public double entropy() {
            return 0;
          }
        };
    Dataset known =
        new Dataset(plain.card(), plain.train(), plain.valid(), plain.test(), Optional.of(density));
    assertThat(Toys.plain(known).density()).contains(density);
    assertThat(Toys.prepared(known, Map.of(), Map.of("binarize", "threshold")).density()).isEmpty();
  }
}
