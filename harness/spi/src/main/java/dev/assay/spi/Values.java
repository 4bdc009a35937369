package dev.assay.spi;

import dev.assay.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** A list of values of one modality. Arrays are shared, not copied: treat them as read-only. */
public sealed interface Values {
  /** How many values there are. */
  int count();

  /** The values at the given indices, in that order. */
  Values select(int[] indices);

  /** Values {@code from} (inclusive) to {@code to} (exclusive). */
  default Values range(int from, int to) {
    int[] indices = new int[to - from];
    Arrays.setAll(indices, i -> from + i);
    return select(indices);
  }

  /**
   * Real numbers or integer levels: tables and images.
   *
   * @param item shape of one value
   * @param data count · item.size() numbers, row-major
   */
  record Dense(Shape item, float[] data) implements Values {
    public Dense {
      if (data.length % Math.max(1, item.size()) != 0) {
        throw new IllegalArgumentException(
            data.length + " numbers are no multiple of an item of shape " + item);
      }
    }

    @Override
    public int count() {
      return data.length / item.size();
    }

    /** Numbers in one value. */
    public int width() {
      return item.size();
    }

    @Override
    public Dense select(int[] indices) {
      int width = width();
      float[] chosen = new float[indices.length * width];
      for (int i = 0; i < indices.length; i++) {
        System.arraycopy(data, indices[i] * width, chosen, i * width, width);
      }
      return new Dense(item, chosen);
    }
  }

  /** Classes. */
  record Labels(int[] labels) implements Values {
    @Override
    public int count() {
      return labels.length;
    }

    @Override
    public Labels select(int[] indices) {
      return new Labels(Arrays.stream(indices).map(i -> labels[i]).toArray());
    }
  }

  /** Texts. */
  record Texts(List<String> texts) implements Values {
    public Texts {
      texts = List.copyOf(texts);
    }

    @Override
    public int count() {
      return texts.size();
    }

    @Override
    public Texts select(int[] indices) {
      return new Texts(Arrays.stream(indices).mapToObj(texts::get).toList());
    }
  }

  /** {@code count} times nothing. */
  record Nothing(int count) implements Values {
    @Override
    public Nothing select(int[] indices) {
      return new Nothing(indices.length);
    }
  }
}
