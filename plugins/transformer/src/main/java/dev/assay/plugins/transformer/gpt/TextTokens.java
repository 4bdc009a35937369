package dev.assay.plugins.transformer.gpt;

import dev.assay.nn.decoding.Continuation;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.StateStore;
import dev.assay.spi.Values;
import dev.assay.spi.text.TextCoding;
import dev.assay.spi.text.TextSampler;
import dev.assay.tensor.RandomStream;
import java.util.List;

/**
 * Text.
 *
 * @param context most tokens read at once
 */
record TextTokens(TextCoding coding, int context) implements TokenData {
  @Override
  public int inputs() {
    return coding.inputs();
  }

  @Override
  public int choices() {
    return coding.choices();
  }

  @Override
  public Rows rows(BatchSource batches, int count, RandomStream random) {
    return Rows.of(coding.windows(batches, count, context, random), context);
  }

  @Override
  public long examples(int windows) {
    return coding.documents() ? windows : (long) windows * context;
  }

  @Override
  public int lossUnit() {
    return 1;
  }

  @Override
  public List<Sequence> sequences(Batch batch) {
    return coding.sequences(batch.x()).stream().map(tokens -> new Sequence(tokens, 1)).toList();
  }

  @Override
  public List<Continuation> continuations(
      Values conditions, TextSampler sampler, List<RandomStream> random) {
    return random.stream().map(stream -> coding.continuation(sampler, stream)).toList();
  }

  @Override
  public Values values(List<int[]> added, TextSampler sampler) {
    return coding.values(added, sampler);
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
