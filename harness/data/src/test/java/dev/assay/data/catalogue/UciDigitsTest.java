package dev.assay.data.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.DatasetProvider;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class UciDigitsTest {
  private static Dataset load() throws IOException {
    return new UciDigits()
        .load(
            "uci-digits",
            (_, _) -> {
              throw new AssertionError("needs no file");
            });
  }

  @Test
  void theFileInTheJarIsTheOneOfTheCatalogue() throws Exception {
    try (InputStream in = UciDigits.class.getResourceAsStream("uci-digits.csv.gz")) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
      assertThat(HexFormat.of().formatHex(hash))
          .isEqualTo("46abec6b12486ad9e51943373abcf22bbea1b5a51a1619b361570d8893f1464a");
    }
  }

  @Test
  void everyFifthRowIsATestRow() throws IOException {
    Dataset digits = load();
    assertThat(digits.train().count()).isEqualTo(1438);
    assertThat(digits.test().count()).isEqualTo(359);
    // The first rows of the file are the digits 0 1 2 3 4 5 in turn: row 4 is the first test row.
    assertThat(((Values.Labels) digits.test().condition()).labels()[0]).isEqualTo(4);
    assertThat(((Values.Labels) digits.train().condition()).labels()).startsWith(0, 1, 2, 3, 5);
    assertThat(digits.train().dense().data()).startsWith(0, 0, 5, 13, 9, 1, 0, 0);
  }

  @Test
  void valuesAreLevelsOfTheDeclaredShape() throws IOException {
    Dataset digits = load();
    assertThat(digits.card().spec())
        .isEqualTo(
            new DataSpec.Conditional(new Modality.Image(8, 8, 1, 17), new Modality.Label(10)));
    assertThat(digits.train().dense().item().dims()).containsExactly(8, 8, 1);
    for (float level : digits.train().dense().data()) {
      assertThat(level).isBetween(0f, 16f).isEqualTo((float) Math.rint(level));
    }
  }

  /** 24.77 nats: measured with independent code for the same split and threshold. */
  @Test
  void independentPixelsOfTheBinaryDigitsScoreAsElsewhere() throws IOException {
    Dataset digits = load();
    double[] on = new double[64];
    Batch train = digits.train();
    for (int i = 0; i < train.dense().data().length; i++) {
      on[i % 64] += train.dense().data()[i] >= 8 ? 1 : 0;
    }
    float[] test = digits.test().dense().data();
    double nats =
        IntStream.range(0, test.length)
            .mapToDouble(i -> {
              double p = (on[i % 64] + 1) / (train.count() + 2);
              return -Math.log(test[i] >= 8 ? p : 1 - p);
            })
            .sum();
    assertThat(nats / 359).isCloseTo(24.77, within(0.02));
  }

  @Test
  void itIsFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(DatasetProvider.class).stream())
        .anyMatch(provider -> provider.type() == UciDigits.class);
  }
}
