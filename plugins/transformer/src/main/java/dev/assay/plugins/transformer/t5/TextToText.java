package dev.assay.plugins.transformer.t5;

import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Modality;
import dev.assay.spi.StateStore;
import dev.assay.spi.Values;
import dev.assay.spi.pairs.PairCoding.Pair;
import dev.assay.spi.pairs.PairData;
import dev.assay.spi.pairs.PairModel;
import dev.assay.spi.text.TextCoding;
import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Every task as text under text, all by the same tokens. A text with a condition is told under it,
 * a text alone under nothing, and a part of a running text under the part before it. The source is
 * the task's prefix, its text and the end. Raffel et al. 2020, §2.4.
 *
 * @param coding of both sides; sentinels are numbered from its last token on
 * @param conditional whether texts have conditions
 */
record TextToText(TextCoding coding, T5Config config, T5Training training, boolean conditional)
    implements PairData {
  /** Share of a running text's parts that are told as the first one. */
  private static final double FIRST = 1 / 64.0;

  private static final int[] NOTHING = {};

  TextToText {
    if (prefix(coding, training).length + 1 >= config.longest()) {
      throw new IllegalArgumentException(
          "'prefix' is '"
              + training.prefix()
              + "', which leaves no room in the "
              + config.longest()
              + " tokens of a source ('longest')");
    }
  }

  /** Whether data are texts, or texts under texts. */
  static boolean fits(DataSpec spec) {
    return spec instanceof DataSpec.Conditional(Modality.Text _, Modality.Nothing _)
        || PairModel.fits(spec);
  }

  private static int[] prefix(TextCoding coding, T5Training training) {
    return coding.renumber(coding.tokenizer().encode(training.prefix()));
  }

  @Override
  public TextCoding target() {
    return coding;
  }

  @Override
  public int longest() {
    return config.longest();
  }

  /** Numbers of tokens and of sentinels. */
  int inputs() {
    return coding.inputs() + config.corruption().sentinels(longest() - 1);
  }

  @Override
  public List<Pair> next(BatchSource batches, int count, RandomStream random) {
    return coding.documents()
        ? documents(batches.alike(count), random)
        : parts(batches, count, random);
  }

  private List<Pair> documents(Batch batch, RandomStream random) {
    List<int[]> sources = sources(batch.condition());
    List<int[]> targets = coding.sequences(batch.x());
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      int[] target = targets.get(i);
      pairs.add(
          random.nextDouble() < training.denoising()
              ? denoised(Arrays.copyOfRange(target, 1, target.length - 1), random)
              : new Pair(sources.get(i), target));
    }
    return pairs;
  }

  /** Each row a part of a running text, under the part before it. */
  private List<Pair> parts(BatchSource batches, int count, RandomStream random) {
    int part = part();
    int[] windows = coding.renumber(batches.windows(coding.tokenizer(), count, 2 * part - 1));
    List<Pair> pairs = new ArrayList<>();
    for (int at = 0; at < windows.length; at += 2 * part) {
      int[] before = Arrays.copyOfRange(windows, at, at + part);
      int[] text = Arrays.copyOfRange(windows, at + part, at + 2 * part);
      pairs.add(
          random.nextDouble() < training.denoising()
              ? denoised(text, random)
              : new Pair(source(random.nextDouble() < FIRST ? NOTHING : before), begun(text)));
    }
    return pairs;
  }

  /** Tokens of a running text that are told at once. */
  private int part() {
    return longest() - 1 - prefix(coding, training).length;
  }

  /** A text, or a random part of it if a source has no room for it. */
  private Pair denoised(int[] text, RandomStream random) {
    int most = longest() - 1;
    int from = text.length > most ? random.nextInt(text.length - most + 1) : 0;
    int[] part = Arrays.copyOfRange(text, from, Math.min(text.length, from + most));
    return config.corruption().apply(part, coding.inputs(), coding.start(), random);
  }

  @Override
  public List<List<Pair>> parts(Batch batch) {
    List<int[]> sources = sources(batch.condition());
    List<int[]> targets = coding.sequences(batch.x());
    List<List<Pair>> all = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      all.add(
          coding.documents()
              ? List.of(new Pair(sources.get(i), targets.get(i)))
              : parts(targets.get(i)));
    }
    return all;
  }

  /** A running text after the start, part by part. */
  private List<Pair> parts(int[] sequence) {
    List<Pair> pairs = new ArrayList<>();
    int[] before = NOTHING;
    for (int from = 1; from < sequence.length; from += part()) {
      int[] text = Arrays.copyOfRange(sequence, from, Math.min(sequence.length, from + part()));
      pairs.add(new Pair(source(before), begun(text)));
      before = text;
    }
    return pairs;
  }

  @Override
  public List<int[]> sources(Values conditions) {
    return conditions instanceof Values.Texts(List<String> texts)
        ? texts.stream().map(text -> source(encoded(text))).toList()
        : Collections.nCopies(conditions.count(), source(NOTHING));
  }

  private int[] encoded(String text) {
    return coding.renumber(coding.tokenizer().encode(text));
  }

  /** Prefix, text and end; of a longer one the beginning. */
  private int[] source(int[] text) {
    int[] prefix = prefix(coding, training);
    int[] whole = Arrays.copyOf(prefix, prefix.length + text.length + 1);
    System.arraycopy(text, 0, whole, prefix.length, text.length);
    whole[whole.length - 1] = coding.start();
    return Arrays.copyOf(whole, Math.min(whole.length, longest()));
  }

  /** The start before a text. */
  private int[] begun(int[] text) {
    int[] sequence = new int[text.length + 1];
    sequence[0] = coding.start();
    System.arraycopy(text, 0, sequence, 1, text.length);
    return sequence;
  }

  @Override
  public void save(StateStore state) {
    coding.save(state);
  }

  @Override
  public void check(StateStore state) {
    coding.check(state);
  }
}
