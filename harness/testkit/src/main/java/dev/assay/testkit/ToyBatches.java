package dev.assay.testkit;

import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Modality;
import dev.assay.spi.ResumableSource;
import dev.assay.spi.StateStore;
import dev.assay.spi.Tokenizer;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;

/** Training examples in memory, in fresh random order each epoch. */
public final class ToyBatches implements ResumableSource {
  private final DataSpec.Conditional spec;
  private final Batch data;
  private final RandomStream random;
  private long examples;
  private long windows;

  /**
   * @param spec what the examples are
   * @param data all of them, in the encoding the model wants
   * @param random decides the order of examples and the places of windows
   */
  public ToyBatches(DataSpec.Conditional spec, Batch data, RandomStream random) {
    this.spec = spec;
    this.data = data;
    this.random = random;
  }

  @Override
  public int size() {
    return data.count();
  }

  @Override
  public Batch next(int count) {
    int[] chosen = new int[count];
    int[] order = new int[0];
    for (int i = 0; i < count; i++) {
      int place = (int) (examples % size());
      if (order.length == 0 || place == 0) {
        order = random.child("epoch").child(examples / size()).permutation(size());
      }
      chosen[i] = order[place];
      examples++;
    }
    return data.select(chosen);
  }

  @Override
  public Batch all() {
    examples += size();
    return data;
  }

  @Override
  public int[] windows(Tokenizer tokenizer, int count, int length) {
    boolean stream =
        spec.x() instanceof Modality.Text(Modality.Text.Form form)
            && form == Modality.Text.Form.STREAM;
    int width = length + 1;
    int[] tokens = new int[count * width];
    Arrays.fill(tokens, Tokenizer.PADDING);
    RandomStream places = random.child("windows").child(windows++);
    for (int i = 0; i < count; i++) {
      int[] text = tokenizer.encode(data.texts().texts().get(places.nextInt(size())));
      int from = 0;
      if (stream) {
        from = places.nextInt(text.length - length);
      } else {
        text = enclosed(text, tokenizer.end());
      }
      System.arraycopy(text, from, tokens, i * width, Math.min(width, text.length - from));
    }
    return tokens;
  }

  @Override
  public void save(StateStore store) {
    store.putLongs("data.cursor", examples, windows);
  }

  @Override
  public void restore(StateStore store) {
    long[] cursor = store.longs("data.cursor");
    examples = cursor[0];
    windows = cursor[1];
  }

  private static int[] enclosed(int[] text, int end) {
    int[] packed = new int[text.length + 2];
    packed[0] = end;
    System.arraycopy(text, 0, packed, 1, text.length);
    packed[text.length + 1] = end;
    return packed;
  }
}
