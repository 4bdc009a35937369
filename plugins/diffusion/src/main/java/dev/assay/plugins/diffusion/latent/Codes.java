package dev.assay.plugins.diffusion.latent;

import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.LatentCodec;
import dev.assay.spi.StateStore;
import dev.assay.spi.Tokenizer;
import dev.assay.spi.Values;
import dev.assay.tensor.Shape;
import java.util.Arrays;

/** Codes of an autoencoder, each number shifted and scaled to mean 0 and deviation 1. */
final class Codes {
  private static final double SMALLEST_DEVIATION = 1e-4;

  private final LatentCodec codec;
  private final Shape flat;
  private final double[] means;
  private final double[] deviations;

  Codes(LatentCodec codec) {
    this.codec = codec;
    flat = Shape.of(codec.code().size());
    means = new double[flat.size()];
    deviations = new double[flat.size()];
    Arrays.fill(deviations, 1);
  }

  int width() {
    return flat.size();
  }

  /** Takes means and deviations from training examples. */
  void measure(Batch examples) {
    float[] codes = codec.encode(examples).data();
    int count = codes.length / width();
    Arrays.fill(means, 0);
    double[] squares = new double[width()];
    for (int i = 0; i < codes.length; i++) {
      means[i % width()] += codes[i] / (double) count;
    }
    for (int i = 0; i < codes.length; i++) {
      double offset = codes[i] - means[i % width()];
      squares[i % width()] += offset * offset / count;
    }
    Arrays.setAll(deviations, i -> Math.max(SMALLEST_DEVIATION, Math.sqrt(squares[i])));
  }

  /** Examples → their codes, scaled, under the same conditions. */
  Batch encode(Batch batch) {
    float[] codes = codec.encode(batch).data().clone();
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (float) ((codes[i] - means[i % width()]) / deviations[i % width()]);
    }
    return new Batch(new Values.Dense(flat, codes), batch.condition());
  }

  /** Scaled codes → examples. */
  Values decode(Values.Dense scaled, Values condition) {
    float[] codes = scaled.data().clone();
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (float) (codes[i] * deviations[i % width()] + means[i % width()]);
    }
    return codec.decode(new Values.Dense(codec.code(), codes), condition);
  }

  /** The codes of a source's examples. */
  BatchSource of(BatchSource examples) {
    return new BatchSource() {
      @Override
      public int size() {
        return examples.size();
      }

      @Override
      public Batch next(int count) {
        return encode(examples.next(count));
      }

      @Override
      public Batch all() {
        return encode(examples.all());
      }

      @Override
      public int[] windows(Tokenizer tokenizer, int count, int length) {
        return examples.windows(tokenizer, count, length);
      }

      @Override
      public Batch alike(int count) {
        return encode(examples.alike(count));
      }

      @Override
      public Consecutive consecutive(Tokenizer tokenizer, int count, int length) {
        return examples.consecutive(tokenizer, count, length);
      }
    };
  }

  void save(StateStore store) {
    store.putDoubles("codes.means", flat, means);
    store.putDoubles("codes.deviations", flat, deviations);
  }

  void restore(StateStore store) {
    System.arraycopy(store.doubles("codes.means", flat), 0, means, 0, width());
    System.arraycopy(store.doubles("codes.deviations", flat), 0, deviations, 0, width());
  }
}
