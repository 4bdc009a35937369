package dev.assay.data.prepare;

import dev.assay.spi.Batch;
import dev.assay.spi.ResumableSource;
import dev.assay.spi.StateStore;
import dev.assay.spi.Tokenizer;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The training part in fresh random order at each epoch. Everything drawn is a function of the root
 * stream and a cursor, the number of examples drawn so far (of one running text, of tokens to
 * predict), so that the cursor is the whole state. Used by one thread at a time.
 *
 * <p>The order of epoch e is a permutation from {@code order/e}; random preprocessing of example i
 * in epoch e comes from {@code noise/e/i}, in {@link #all} from {@code all/i}; the windows' places
 * come from {@code windows/cursor}.
 */
final class TrainingBatches implements ResumableSource {
  private static final String CURSOR = "data.cursor";

  private final Prepared data;
  private final Encoder encoder;
  private final Batch source;
  private final Optional<Binarizer> fresh;
  private final RandomStream orders;
  private final RandomStream noises;
  private final RandomStream fixedNoises;
  private final int size;
  private final @Nullable TextWindows windows;

  private long cursor;
  private long orderEpoch = -1;
  private int[] order = new int[0];
  private long alikeEpoch = -1;
  private int alikeCount;
  private int[] alike = new int[0];
  private @Nullable Batch all;

  TrainingBatches(Prepared data, Encoder encoder, RandomStream random) {
    this.data = data;
    this.encoder = encoder;
    source = data.source();
    fresh = data.freshDraw();
    orders = random.child("order");
    noises = random.child("noise");
    fixedNoises = random.child("all");
    size = data.trainSize();
    windows =
        source.x() instanceof Values.Texts
            ? new TextWindows(source, Texts.isStream(data.spec()), random.child("windows"))
            : null;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void save(StateStore store) {
    store.putLongs(CURSOR, cursor);
  }

  @Override
  public void restore(StateStore store) {
    cursor = store.longs(CURSOR)[0];
  }

  @Override
  public Batch next(int count) {
    check(count);
    if (windows != null && windows.isStream()) {
      throw new IllegalStateException(
          "one running text has no separate examples; take windows() or all()");
    }
    int[] chosen = new int[count];
    for (int i = 0; i < count; i++) {
      chosen[i] = example(cursor + i);
    }
    Values x =
        source.x() instanceof Values.Dense dense ? draw(dense, chosen) : source.x().select(chosen);
    cursor += count;
    return new Batch(x, source.condition().select(chosen));
  }

  @Override
  public Batch all() {
    Batch whole = all;
    if (whole == null) {
      whole = encoder.encode(data.train(), fixedNoises, 0).batch();
      all = whole;
    }
    cursor += size;
    return whole;
  }

  @Override
  public int[] windows(Tokenizer tokenizer, int count, int length) {
    check(count);
    if (windows == null) {
      throw new IllegalStateException("only text has windows of tokens");
    }
    if (length < 1) {
      throw new IllegalArgumentException("a window predicts at least one token, not " + length);
    }
    int[] tokens = new int[Math.multiplyExact(count, length + 1)];
    for (int i = 0; i < count; i++) {
      int at = i * (length + 1);
      if (windows.isStream()) {
        windows.cut(tokenizer, cursor, tokens, at, length + 1);
        cursor += length;
      } else {
        windows.document(tokenizer, example(cursor), cursor, tokens, at, length + 1);
        cursor++;
      }
    }
    return tokens;
  }

  @Override
  public Consecutive consecutive(Tokenizer tokenizer, int count, int length) {
    check(count);
    if (windows == null || !windows.isStream()) {
      throw new IllegalStateException("only one running text has consecutive windows");
    }
    int[] tokens = new int[Math.multiplyExact(count, length + 1)];
    long number = cursor / ((long) count * length);
    int place = windows.follow(tokenizer, number, tokens, count, length + 1);
    cursor += (long) count * length;
    return new Consecutive(tokens, place == 0);
  }

  @Override
  public Batch alike(int count) {
    check(count);
    if (windows == null || windows.isStream()) {
      throw new IllegalStateException("only separate texts are alike in length");
    }
    int[] chosen = new int[count];
    for (int i = 0; i < count; i++) {
      long epoch = (cursor + i) / size;
      if (epoch != alikeEpoch || count != alikeCount) {
        alike = new AlikeOrder(source, orders.child(epoch)).of(epoch * size, count);
        alikeEpoch = epoch;
        alikeCount = count;
      }
      chosen[i] = alike[(int) ((cursor + i) % size)];
    }
    cursor += count;
    return source.select(chosen);
  }

  private static void check(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("a batch has at least one example, not " + count);
    }
  }

  private int example(long position) {
    long epoch = position / size;
    if (epoch != orderEpoch) {
      order = orders.child(epoch).permutation(size);
      orderEpoch = epoch;
    }
    return order[(int) (position % size)];
  }

  private Values.Dense draw(Values.Dense raw, int[] chosen) {
    Values.Dense drawn = raw.select(chosen);
    boolean random = fresh.isPresent() || encoder.transform() instanceof Transform.Dequantize;
    if (!random && encoder.transform() instanceof Transform.Identity) {
      return drawn;
    }
    int width = drawn.width();
    RandomStream noise = noises;
    long noiseEpoch = -1;
    for (int i = 0; i < chosen.length; i++) {
      long epoch = (cursor + i) / size;
      if (epoch != noiseEpoch) {
        noise = noises.child(epoch);
        noiseEpoch = epoch;
      }
      long key = noise.child(chosen[i]).key();
      int from = i * width;
      fresh.ifPresent(binarizer -> binarizer.apply(drawn.data(), from, width, key));
      encoder.transform().forward(drawn.data(), from, width, key);
    }
    return drawn;
  }
}
