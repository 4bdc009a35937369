package dev.assay.plugins.transformer.gpt;

import dev.assay.nn.decoding.Continuation;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.spi.text.TextSampler;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.ArrayList;
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
  public Rows rows(BatchSource batches, int count, RandomStream random) {
    return Rows.of(
        sequences(batches.next(count)).stream()
            .flatMapToInt(sequence -> Arrays.stream(sequence.tokens()))
            .toArray(),
        context());
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
  public List<Sequence> sequences(Batch batch) {
    float[] data = batch.dense().data();
    int size = image.size();
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      int[] tokens = new int[size + 1];
      tokens[0] = start();
      for (int p = 0; p < size; p++) {
        tokens[p + 1] = (int) data[i * size + p];
      }
      sequences.add(new Sequence(tokens, 1));
    }
    return sequences;
  }

  @Override
  public List<Continuation> continuations(
      Values conditions, TextSampler sampler, List<RandomStream> random) {
    int[] prompt = {start()};
    return random.stream()
        .map(stream -> new Continuation(prompt, image.size(), (_, _, _) -> false, stream))
        .toList();
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
