package dev.assay.runner.task;

import dev.assay.runner.DivergedException;
import dev.assay.spi.Batch;
import dev.assay.spi.EncodedData;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.PreparedData;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;

/**
 * A trained model with what it was trained on.
 *
 * @param encoded the data as the model sees them
 * @param importanceSamples K of importance-weighted bounds
 * @param classifiers of the same data
 * @param random the task's own stream
 */
public record Subject<S extends Record>(
    GenerativeModel<S> model,
    S sampler,
    PreparedData data,
    EncodedData encoded,
    int importanceSamples,
    Classifiers classifiers,
    RandomStream random) {
  private static final int LEAST_DRAWS = 64;

  /** What x is. */
  Modality x() {
    return data.spec().x();
  }

  /** The first test examples: as many as there are, at most {@code count}. */
  Batch test(int count) {
    return data.test().range(0, Math.min(count, data.test().count()));
  }

  /** Raw examples as the model sees them. */
  EncodedData.Encoded encode(Batch raw) {
    return encoded.encode(raw, random.child("encode"), 0);
  }

  /** Values of the model in raw form. */
  Values.Dense decode(Values values) {
    return (Values.Dense) encoded.decode(values);
  }

  /** Whether samples of the same random numbers differ with the label; discrete ones seldom do. */
  boolean heedsLabels(int classes) {
    RandomStream streams = random.child("labels");
    int[] each = new int[Math.max(LEAST_DRAWS, classes)];
    Values.Dense same = sample(new Values.Labels(each.clone()), streams);
    Arrays.setAll(each, i -> i % classes);
    return !Arrays.equals(same.data(), sample(new Values.Labels(each), streams).data());
  }

  /**
   * Samples in raw form, one for each condition.
   *
   * @throws DivergedException if a sample holds something that is no number
   */
  Values.Dense sample(Values condition, RandomStream streams) {
    SampleRequest request = new SampleRequest(0, condition.count(), condition, streams);
    return drawn(request, model.sample(request, sampler));
  }

  /**
   * What the model drew, in raw form.
   *
   * @throws DivergedException if a sample holds something that is no number
   */
  Values.Dense drawn(SampleRequest request, Samples samples) {
    DivergedException.requireNumbers(samples.values(), request.first());
    return decode(samples.values());
  }
}
