package dev.assay.data.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.spi.Batch;
import dev.assay.spi.Canaries;
import dev.assay.spi.ConfigException;
import dev.assay.spi.Dataset;
import dev.assay.spi.PreparedData;
import dev.assay.spi.Values;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SecretsTest {
  private static final Map<String, ?> FOUR_TWICE = Map.of("canaries", 4, "copies", 2);

  private static PreparedData with(Dataset dataset, Map<String, ?> preprocess) {
    return Toys.prepared(dataset, Map.of(), preprocess);
  }

  @Test
  void plantedRowsStandBehindTheTrainingRowsAndTestRowsStayAsTheyAre() {
    Dataset table = Toys.table(50, 9);
    PreparedData data = with(table, FOUR_TWICE);
    Canaries canaries = data.canaries().orElseThrow();
    assertThat(canaries.copies()).isEqualTo(2);
    assertThat(canaries.planted().count()).isEqualTo(4);
    assertThat(canaries.others().count()).isEqualTo(999);
    Batch train = data.train();
    assertThat(train.count()).isEqualTo(58);
    assertThat(train.range(0, 50)).usingRecursiveComparison().isEqualTo(table.train());
    for (int from : new int[] {50, 54}) {
      assertThat(train.range(from, from + 4))
          .usingRecursiveComparison()
          .isEqualTo(canaries.planted());
    }
    assertThat(data.test()).isSameAs(table.test());
    assertThat(data.signature()).contains("|canaries:4|copies:2|");
  }

  @Test
  void eachNumberOfACanaryIsOneOfItsColumnAndTheRowsAreNotOnesOfTheData() {
    Values.Dense others =
        with(Toys.table(50, 9), FOUR_TWICE).canaries().orElseThrow().others().dense();
    int torn = 0;
    for (int i = 0; i < others.count(); i++) {
      float first = others.data()[2 * i];
      float second = others.data()[2 * i + 1];
      assertThat(first).isBetween(0f, 49f).isEqualTo((float) Math.rint(first));
      assertThat(second % 10).isZero();
      torn += second == 10 * first ? 0 : 1;
    }
    // The true rows are (i, 10 i): one canary of 50 is whole by chance.
    assertThat(torn).isGreaterThan(940);
  }

  @Test
  void aTextIsMadeOfTheLettersOfTheTrainingTexts() {
    PreparedData data =
        with(Toys.documents(Collections.nCopies(20, "ab😀"), List.of("xyz")), FOUR_TWICE);
    Set<Integer> letters = new HashSet<>();
    for (String text : data.canaries().orElseThrow().others().texts().texts()) {
      assertThat(text.codePointCount(0, text.length())).isEqualTo(12);
      text.codePoints().forEach(letters::add);
    }
    assertThat(letters).containsExactlyInAnyOrder((int) 'a', (int) 'b', "😀".codePointAt(0));
    assertThat(data.train().count()).isEqualTo(28);
  }

  @Test
  void thereAreNoneUnlessAskedForAndWhereTheyMakeNoSenseTheReasonIsTold() {
    assertThat(Toys.plain(Toys.table(5, 2)).canaries()).isEmpty();
    assertThatThrownBy(() -> with(Toys.table(5, 2), Map.of("copies", 3)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("only with canaries");
    assertThatThrownBy(() -> with(Toys.stream("abcdef", "gh"), FOUR_TWICE))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("tables, images and documents");
    assertThatThrownBy(
            () -> with(Toys.images(5, 2, 4), Map.of("canaries", 1, "binarize", "stochastic")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("a fixed example");
  }
}
