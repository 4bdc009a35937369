package dev.assay.data.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.text.Tokenizers;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.Dataset;
import dev.assay.spi.EncodedData;
import dev.assay.spi.Fit;
import dev.assay.spi.PreparedData;
import dev.assay.spi.ResumableSource;
import dev.assay.spi.Tokenizer;
import dev.assay.spi.TokenizerSpec;
import dev.assay.spi.TokenizerSpec.Scheme;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TrainingBatchesTest {
  private static final int PAD = Tokenizer.PADDING;

  private static ResumableSource batches(PreparedData data, Fit.Encoding encoding) {
    return data.encoded(encoding).batches(RandomStream.root(7).child("data"));
  }

  private static ResumableSource raw(Dataset dataset) {
    return batches(Toys.plain(dataset), Fit.Encoding.RAW);
  }

  private static int[] firsts(Batch batch) {
    int[] firsts = new int[batch.count()];
    Arrays.setAll(firsts, i -> (int) batch.dense().data()[i * batch.dense().width()]);
    return firsts;
  }

  @Test
  void alikeBatchesHoldEveryTextOncePerEpochBesideTextsOfLikeLength() {
    RandomStream random = RandomStream.root(3);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 103; i++) {
      texts.add("x".repeat(1 + random.nextInt(40)) + i);
    }
    EncodedData encoded = Toys.plain(Toys.documents(texts, List.of("x"))).encoded(Fit.Encoding.RAW);
    ResumableSource source = encoded.batches(RandomStream.root(1));
    List<String> drawn = new ArrayList<>();
    int spread = 0;
    for (int i = 0; i < 52; i++) {
      List<String> batch = source.alike(4).texts().texts();
      spread += batch.getLast().length() - batch.getFirst().length();
      drawn.addAll(batch);
      source = Toys.resumed(encoded.batches(RandomStream.root(1)), source);
    }
    assertThat(drawn.subList(0, 103)).containsExactlyInAnyOrderElementsOf(texts);
    assertThat(drawn.subList(103, 206)).containsExactlyInAnyOrderElementsOf(texts);
    assertThat(drawn.subList(0, 103)).isNotEqualTo(drawn.subList(103, 206));
    // Random batches of four spread over 24 characters on average, sorted ones over 1 or 2.
    assertThat(spread / 52.0).isLessThan(4);
  }

  @Test
  void consecutiveWindowsReadEachPartOfAStreamFromItsBeginning() {
    String text = "abcdefghijklmnopqrstuvw";
    PreparedData data = Toys.plain(Toys.stream(text, "a"));
    Tokenizer tokenizer = data.tokenizer(TokenizerSpec.of(Scheme.CHAR));
    EncodedData encoded = data.encoded(Fit.Encoding.RAW);
    ResumableSource source = encoded.batches(RandomStream.root(1));
    // 23 letters: two parts of 11 predictions, each of three windows of 3; two are left over.
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      BatchSource.Consecutive next = source.consecutive(tokenizer, 2, 3);
      assertThat(next.begins()).isEqualTo(i % 3 == 0);
      seen.add(tokenizer.decode(next.tokens()));
      source = Toys.resumed(encoded.batches(RandomStream.root(1)), source);
    }
    assertThat(seen).containsExactly("abcdlmno", "defgopqr", "ghijrstu", "abcdlmno");
    ResumableSource last = source;
    assertThatThrownBy(() -> last.consecutive(tokenizer, 6, 4))
        .hasMessageContaining("23 tokens, too few for 6 windows to predict 4");
  }

  @Test
  void eachEpochHasEveryExampleOnceInAnotherOrder() {
    ResumableSource batches = raw(Toys.table(10, 1));
    int[] two = firsts(batches.next(20));
    int[] first = Arrays.copyOf(two, 10);
    int[] second = Arrays.copyOfRange(two, 10, 20);
    assertThat(first).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(second).containsExactlyInAnyOrder(first).isNotEqualTo(first);
  }

  @Test
  void batchesRunAcrossEpochEndsAndTheirSizeChangesNothing() {
    ResumableSource one = raw(Toys.table(7, 1));
    ResumableSource other = raw(Toys.table(7, 1));
    int[] whole = firsts(one.next(30));
    int at = 0;
    for (int count : new int[] {1, 5, 3, 14, 7}) {
      assertThat(firsts(other.next(count))).isEqualTo(Arrays.copyOfRange(whole, at, at + count));
      at += count;
    }
  }

  @Test
  void rowsKeepTheirConditions() {
    Batch batch = raw(Toys.table(10, 1)).next(25);
    int[] labels = ((Values.Labels) batch.condition()).labels();
    int[] firsts = firsts(batch);
    for (int i = 0; i < labels.length; i++) {
      assertThat(labels[i]).isEqualTo(firsts[i] % 3);
      assertThat(batch.dense().data()[2 * i + 1]).isEqualTo(10f * firsts[i]);
    }
  }

  @Test
  void anotherSeedGivesAnotherOrder() {
    EncodedData data = Toys.plain(Toys.table(50, 1)).encoded(Fit.Encoding.RAW);
    assertThat(firsts(data.batches(RandomStream.root(1)).next(50)))
        .isNotEqualTo(firsts(data.batches(RandomStream.root(2)).next(50)));
  }

  @Test
  void aRestoredSourceGoesOnExactlyWithItsFreshNoise() {
    PreparedData data =
        Toys.prepared(Toys.images(11, 2, 17), Map.of(), Map.of("binarize", "stochastic"));
    ResumableSource whole = batches(data, Fit.Encoding.CONTINUOUS);
    whole.next(9);
    whole.all();
    ResumableSource resumed = Toys.resumed(batches(data, Fit.Encoding.CONTINUOUS), whole);
    assertThat(resumed.next(30).dense().data()).isEqualTo(whole.next(30).dense().data());
    assertThat(resumed.all().dense().data()).isEqualTo(whole.all().dense().data());
  }

  @Test
  void noiseIsFreshInEachEpochButFixedInAll() {
    ResumableSource batches = batches(Toys.plain(Toys.images(1, 1, 17)), Fit.Encoding.CONTINUOUS);
    float[] first = batches.next(1).dense().data();
    assertThat(batches.next(1).dense().data()).isNotEqualTo(first);
    float[] all = batches.all().dense().data();
    assertThat(batches.all().dense().data()).isEqualTo(all);
    assertThat(
            batches(Toys.plain(Toys.images(1, 1, 17)), Fit.Encoding.CONTINUOUS)
                .all()
                .dense()
                .data())
        .isEqualTo(all);
  }

  @Test
  void aStochasticPixelIsOneAsOftenAsItsLevelSays() {
    PreparedData data =
        Toys.prepared(Toys.images(1, 1, 17), Map.of(), Map.of("binarize", "stochastic"));
    ResumableSource batches = batches(data, Fit.Encoding.RAW);
    int draws = 20_000;
    float[] pixels = batches.next(draws).dense().data();
    for (int j = 0; j < 15; j++) {
      double ones = 0;
      for (int i = 0; i < draws; i++) {
        ones += pixels[15 * i + j];
      }
      // Pixel j of image 0 has level j of 0 … 16; the deviation of the mean is at most 0.0036.
      assertThat(ones / draws).isCloseTo(j / 16.0, within(0.015));
    }
  }

  @Test
  void windowsOfAStreamAreItsPartsFromEverywhere() {
    String text = "abcdefghijklmnopqrstuvwxyz";
    ResumableSource batches = raw(Toys.stream(text, "abc"));
    Tokenizer tokenizer = Tokenizers.create(TokenizerSpec.of(Scheme.CHAR), List.of(text));
    assertThat(batches.size()).isEqualTo(26);
    int[] tokens = batches.windows(tokenizer, 2000, 4);
    assertThat(tokens).hasSize(10_000);
    Map<Integer, Integer> starts = new HashMap<>();
    for (int i = 0; i < tokens.length; i += 5) {
      for (int j = 1; j < 5; j++) {
        assertThat(tokens[i + j]).isEqualTo(tokens[i] + j);
      }
      starts.merge(tokens[i], 1, Integer::sum);
    }
    // 22 places, 2000 windows: about 91 each, with a deviation of 9.
    assertThat(starts).hasSize(22);
    assertThat(starts.values()).allMatch(times -> times > 45 && times < 137);
  }

  @Test
  void windowsResumeAndDoNotDependOnHowManyAreDrawnAtOnce() {
    Dataset stream = Toys.stream("the quick brown fox jumps over the lazy dog", "fox");
    Dataset documents = Toys.documents(List.of("ab", "abcdefgh", "c", "hgfedcba"), List.of("a"));
    for (Dataset dataset : List.of(stream, documents)) {
      Tokenizer tokenizer = Toys.plain(dataset).tokenizer(TokenizerSpec.of(Scheme.CHAR));
      int[] whole = raw(dataset).windows(tokenizer, 12, 3);
      ResumableSource first = raw(dataset);
      assertThat(first.windows(tokenizer, 5, 3)).isEqualTo(Arrays.copyOf(whole, 20));
      ResumableSource second = Toys.resumed(raw(dataset), first);
      assertThat(second.windows(tokenizer, 7, 3)).isEqualTo(Arrays.copyOfRange(whole, 20, 48));
    }
  }

  @Test
  void aDocumentStandsBetweenEndsAndIsFilledUp() {
    ResumableSource batches = raw(Toys.documents(List.of("ab", "", "abc"), List.of("a")));
    Tokenizer tokenizer = Tokenizers.create(TokenizerSpec.of(Scheme.CHAR), List.of("abc"));
    int[] tokens = batches.windows(tokenizer, 3, 5);
    List<List<Integer>> rows = List.of(row(tokens, 0, 6), row(tokens, 1, 6), row(tokens, 2, 6));
    assertThat(rows)
        .containsExactlyInAnyOrder(
            List.of(3, 0, 1, 3, PAD, PAD),
            List.of(3, 3, PAD, PAD, PAD, PAD),
            List.of(3, 0, 1, 2, 3, PAD));
  }

  @Test
  void everyPartOfALongDocumentComesUp() {
    ResumableSource batches = raw(Toys.documents(List.of("abcdef"), List.of("a")));
    Tokenizer tokenizer = Tokenizers.create(TokenizerSpec.of(Scheme.CHAR), List.of("abcdef"));
    int[] tokens = batches.windows(tokenizer, 200, 3);
    Set<List<Integer>> seen = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      seen.add(row(tokens, i, 4));
    }
    assertThat(seen)
        .containsExactlyInAnyOrder(
            List.of(6, 0, 1, 2),
            List.of(0, 1, 2, 3),
            List.of(1, 2, 3, 4),
            List.of(2, 3, 4, 5),
            List.of(3, 4, 5, 6));
  }

  private static List<Integer> row(int[] tokens, int index, int width) {
    return Arrays.stream(tokens, index * width, (index + 1) * width).boxed().toList();
  }

  @Test
  void whatCannotBeDrawnIsRefusedWithAReason() {
    Tokenizer bytes = Tokenizers.create(TokenizerSpec.of(Scheme.BYTE), List.of());
    ResumableSource stream = raw(Toys.stream("abc", "a"));
    assertThatThrownBy(() -> stream.next(1)).hasMessageContaining("windows()");
    assertThatThrownBy(() -> stream.windows(bytes, 1, 3))
        .hasMessageContaining("has 3 tokens, but a window to predict 3 takes 4");
    ResumableSource table = raw(Toys.table(3, 1));
    assertThatThrownBy(() -> table.windows(bytes, 1, 3)).hasMessageContaining("only text");
    assertThatThrownBy(() -> table.next(0)).hasMessageContaining("not 0");
  }
}
