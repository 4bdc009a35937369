package dev.assay.testkit;

import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Modality;
import dev.assay.spi.ResumableSource;
import dev.assay.spi.StateStore;
import dev.assay.spi.Tokenizer;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;

/** Training examples in memory, in fresh random order at each epoch. */
public final class ToyBatches implements ResumableSource {
  private final Batch data;
  private final boolean stream;
  private final int size;
  private final RandomStream orders;
  private final RandomStream offsets;
  private long cursor;

  /**
   * @param spec what the examples are
   * @param data all of them, in the encoding the model wants
   * @param random decides the order of examples and the places of windows
   */
  public ToyBatches(DataSpec spec, Batch data, RandomStream random) {
    this.data = data;
    orders = random.child("order");
    offsets = random.child("offset");
    stream = isStream(spec);
    size = size(spec, data);
  }

  /** Number of examples; of a stream, its characters. */
  static int size(DataSpec spec, Batch data) {
    return isStream(spec)
        ? ((Values.Texts) data.x())
            .texts().stream().mapToInt(text -> text.codePointCount(0, text.length())).sum()
        : data.count();
  }

  private static boolean isStream(DataSpec spec) {
    return spec instanceof DataSpec.Conditional(Modality.Text(Modality.Text.Form form), _)
        && form == Modality.Text.Form.STREAM;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Batch next(int count) {
    if (stream) {
      throw new IllegalStateException(
          "one running text has no separate examples; take windows() or all()");
    }
    return data.select(examples(count));
  }

  @Override
  public Batch alike(int count) {
    return next(count);
  }

  @Override
  public Batch all() {
    cursor += size;
    return data;
  }

  @Override
  public int[] windows(Tokenizer tokenizer, int count, int length) {
    int width = length + 1;
    int[] windows = new int[count * width];
    Arrays.fill(windows, Tokenizer.PADDING);
    RandomStream places = offsets.child(cursor);
    int[] chosen = stream ? new int[count] : examples(count);
    for (int i = 0; i < count; i++) {
      int[] text = tokenizer.encode(data.texts().texts().get(chosen[i]));
      text = stream ? text : enclosed(text, tokenizer.end());
      int from = places.nextInt(Math.max(1, text.length - length));
      System.arraycopy(text, from, windows, i * width, Math.min(width, text.length - from));
    }
    cursor += stream ? (long) count * length : 0;
    return windows;
  }

  @Override
  public Consecutive consecutive(Tokenizer tokenizer, int count, int length) {
    if (!stream) {
      throw new IllegalStateException("only one running text has consecutive windows");
    }
    int[] text = tokenizer.encode(data.texts().texts().getFirst());
    int part = (text.length - 1) / count;
    int place = (int) (cursor / ((long) count * length) % (part / length));
    int[] tokens = new int[count * (length + 1)];
    for (int i = 0; i < count; i++) {
      int from = i * part + place * length;
      System.arraycopy(text, from, tokens, i * (length + 1), length + 1);
    }
    cursor += (long) count * length;
    return new Consecutive(tokens, place == 0);
  }

  @Override
  public void save(StateStore store) {
    store.putLongs("data.cursor", cursor);
  }

  @Override
  public void restore(StateStore store) {
    cursor = store.longs("data.cursor")[0];
  }

  /** The next {@code count} in the order of the present epoch and those that follow. */
  private int[] examples(int count) {
    int[] chosen = new int[count];
    int[] order = {};
    for (int i = 0; i < count; i++) {
      int place = (int) (cursor % size);
      if (i == 0 || place == 0) {
        order = orders.child(cursor / size).permutation(size);
      }
      chosen[i] = order[place];
      cursor++;
    }
    return chosen;
  }

  private static int[] enclosed(int[] text, int end) {
    int[] packed = new int[text.length + 2];
    packed[0] = end;
    System.arraycopy(text, 0, packed, 1, text.length);
    packed[text.length + 1] = end;
    return packed;
  }
}
