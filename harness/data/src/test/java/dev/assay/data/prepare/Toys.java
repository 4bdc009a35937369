package dev.assay.data.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.spi.Batch;
import dev.assay.spi.Configs;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.DatasetCard;
import dev.assay.spi.Modality;
import dev.assay.spi.PreparedData;
import dev.assay.spi.ResumableSource;
import dev.assay.spi.StateStore;
import dev.assay.spi.Values;
import dev.assay.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small datasets whose examples are told apart by their first number. */
final class Toys {
  private Toys() {}

  static Dataset of(DataSpec spec, Batch train, Batch test) {
    DatasetCard card = new DatasetCard("toy", "Toy", spec, "", "", "", "", List.of());
    return new Dataset(card, train, Optional.empty(), test, Optional.empty());
  }

  /** Rows (i, 10 i) with label i modulo 3. */
  static Dataset table(int train, int test) {
    DataSpec spec = new DataSpec.Conditional(new Modality.Tabular(2), new Modality.Label(3));
    return of(spec, rows(train), rows(test));
  }

  private static Batch rows(int count) {
    float[] data = new float[2 * count];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      data[2 * i] = i;
      data[2 * i + 1] = 10 * i;
      labels[i] = i % 3;
    }
    return new Batch(new Values.Dense(Shape.of(2), data), new Values.Labels(labels));
  }

  /** Images of 3 × 5 pixels; pixel j of image i has level (i + j) modulo {@code levels}. */
  static Dataset images(int train, int test, int levels) {
    DataSpec spec = DataSpec.of(new Modality.Image(3, 5, 1, levels));
    return of(spec, pixels(train, levels), pixels(test, levels));
  }

  private static Batch pixels(int count, int levels) {
    float[] data = new float[15 * count];
    for (int i = 0; i < data.length; i++) {
      data[i] = (i / 15 + i % 15) % levels;
    }
    return Batch.of(new Values.Dense(Shape.of(3, 5, 1), data));
  }

  static Dataset stream(String train, String test) {
    return of(
        DataSpec.of(new Modality.Text(Modality.Text.Form.STREAM)),
        Batch.of(new Values.Texts(List.of(train))),
        Batch.of(new Values.Texts(List.of(test))));
  }

  static Dataset documents(List<String> train, List<String> test) {
    return of(
        DataSpec.of(new Modality.Text(Modality.Text.Form.DOCUMENTS)),
        Batch.of(new Values.Texts(train)),
        Batch.of(new Values.Texts(test)));
  }

  static PreparedData plain(Dataset dataset) {
    return prepared(dataset, Map.of(), Map.of());
  }

  static PreparedData prepared(Dataset dataset, Map<String, ?> split, Map<String, ?> preprocess) {
    return new Preparer()
        .prepare(
            dataset,
            Configs.bind(SplitOptions.class, split),
            Configs.bind(PreprocessOptions.class, preprocess));
  }

  /** The cursor of a source, as a checkpoint keeps it. */
  static final class Memory implements StateStore {
    private final Map<String, long[]> longs = new HashMap<>();

    @Override
    public void putFloats(String name, Shape shape, float[] values) {
      throw new AssertionError(name);
    }

    @Override
    public void putDoubles(String name, Shape shape, double[] values) {
      throw new AssertionError(name);
    }

    @Override
    public void putLongs(String name, long... values) {
      assertThat(name).startsWith("data.");
      longs.put(name, values);
    }

    @Override
    public float[] floats(String name, Shape shape) {
      throw new AssertionError(name);
    }

    @Override
    public double[] doubles(String name, Shape shape) {
      throw new AssertionError(name);
    }

    @Override
    public long[] longs(String name) {
      return longs.get(name);
    }
  }

  /** A fresh source that goes on where another stands. */
  static ResumableSource resumed(ResumableSource fresh, ResumableSource from) {
    Memory memory = new Memory();
    from.save(memory);
    fresh.restore(memory);
    return fresh;
  }
}
