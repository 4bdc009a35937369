package dev.assay.plugins.gan.cyclegan;

import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.StateStore;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;

/**
 * The two sets of images: batches of each from a source that has both mixed, told apart by label,
 * and some images of each to translate when samples are asked for.
 */
final class Sets {
  private static final int KEPT = 512;

  /** Batches drawn in vain before a set counts as missing. */
  private static final int PATIENCE = 1000;

  private final Shape item;
  private final float[][] kept;
  private final int[] counts = new int[2];

  Sets(Shape item) {
    this.item = item;
    kept = new float[2][KEPT * item.size()];
  }

  /**
   * So many images of each set; what a set has more than that in the batches drawn is left out.
   *
   * @throws IllegalStateException if a set has hardly any image
   */
  float[][] next(BatchSource batches, int count) {
    float[][] images = new float[2][count * item.size()];
    int[] found = new int[2];
    for (int draws = 0; Math.min(found[0], found[1]) < count; draws++) {
      if (draws == PATIENCE) {
        throw new IllegalStateException(
            "of the two sets, told apart by labels 0 and 1, label "
                + (found[0] < count ? 0 : 1)
                + " has hardly any image");
      }
      Batch batch = batches.next(2 * count);
      int[] labels = ((Values.Labels) batch.condition()).labels();
      for (int i = 0; i < labels.length; i++) {
        int set = labels[i];
        if (found[set] < count) {
          copy(batch, i, images[set], found[set]++);
        }
        if (counts[set] < KEPT) {
          copy(batch, i, kept[set], counts[set]++);
        }
      }
    }
    return images;
  }

  private void copy(Batch batch, int from, float[] to, int place) {
    int size = item.size();
    System.arraycopy(batch.dense().data(), from * size, to, place * size, size);
  }

  /** An image of a set into {@code out} at place {@code row}; dark before any was seen. */
  void draw(int set, RandomStream random, float[] out, int row) {
    int size = item.size();
    if (counts[set] > 0) {
      int chosen = random.nextInt(counts[set]);
      System.arraycopy(kept[set], chosen * size, out, row * size, size);
    }
  }

  void save(StateStore store) {
    for (int set = 0; set < 2; set++) {
      store.putFloats("sets." + set, item.insert(0, KEPT), kept[set]);
    }
    store.putLongs("sets.counts", counts[0], counts[1]);
  }

  void restore(StateStore store) {
    for (int set = 0; set < 2; set++) {
      float[] saved = store.floats("sets." + set, item.insert(0, KEPT));
      System.arraycopy(saved, 0, kept[set], 0, saved.length);
      counts[set] = Math.toIntExact(store.longs("sets.counts")[set]);
    }
  }
}
