package dev.assay.plugins.transformer.gpt;

import dev.assay.nn.decoding.Continuation;
import dev.assay.spi.BatchSource;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.spi.text.TextSampler;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** Images: the levels row by row, channels last, after a start of its own. */
record ImageTokens(Modality.Image image) implements TokenData {
  @Override
  public int inputs() {
    return image.levels() + 1;
  }

  @Override
  public int choices() {
    return image.levels();
  }

  @Override
  public int context() {
    return image.size();
  }

  @Override
  public int[] windows(BatchSource batches, int count, RandomStream random) {
    return sequences(batches.next(count).x()).stream().flatMapToInt(Arrays::stream).toArray();
  }

  @Override
  public long examples(int windows) {
    return windows;
  }

  @Override
  public int lossUnit() {
    return image.size();
  }

  @Override
  public List<int[]> sequences(Values x) {
    float[] data = ((Values.Dense) x).data();
    int size = image.size();
    int[][] sequences = new int[x.count()][size + 1];
    for (int i = 0; i < sequences.length; i++) {
      sequences[i][0] = start();
      for (int p = 0; p < size; p++) {
        sequences[i][p + 1] = (int) data[i * size + p];
      }
    }
    return List.of(sequences);
  }

  @Override
  public Continuation continuation(TextSampler sampler, RandomStream random) {
    return new Continuation(new int[] {start()}, image.size(), (_, _, _) -> false, random);
  }

  @Override
  public Values values(List<int[]> added, TextSampler sampler) {
    int size = image.size();
    float[] data = new float[added.size() * size];
    for (int i = 0; i < added.size(); i++) {
      for (int p = 0; p < size; p++) {
        data[i * size + p] = added.get(i)[p];
      }
    }
    return new Values.Dense(Shape.of(image.height(), image.width(), image.channels()), data);
  }
}
