package dev.assay.plugins.diffusion.latent;

import dev.assay.plugins.diffusion.ddpm.DdpmSampler;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.LatentCodec;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.StateStore;
import dev.assay.spi.StepReport;
import dev.assay.spi.Values;
import dev.assay.tensor.Shape;

/**
 * An autoencoder whose code is the example, far from zero and large: z = 100 − 30 x.
 *
 * @param levels that decoded numbers are rounded to; 0 for real numbers
 */
record MirrorCodec(Shape item, int levels) implements GenerativeModel<DdpmSampler>, LatentCodec {
  @Override
  public Shape code() {
    return item;
  }

  @Override
  public boolean exact() {
    return false;
  }

  @Override
  public Values.Dense encode(Batch batch) {
    float[] codes = batch.dense().data().clone();
    for (int i = 0; i < codes.length; i++) {
      codes[i] = 100 - 30 * codes[i];
    }
    return new Values.Dense(item, codes);
  }

  @Override
  public Values decode(Values.Dense codes, Values condition) {
    float[] x = codes.data().clone();
    for (int i = 0; i < x.length; i++) {
      x[i] = (100 - x[i]) / 30;
      x[i] = levels == 0 ? x[i] : Math.clamp(Math.round(x[i]), 0, levels - 1);
    }
    return new Values.Dense(item, x);
  }

  @Override
  public StepReport train(BatchSource batches) {
    throw new AssertionError("a parent is not trained");
  }

  @Override
  public Samples sample(SampleRequest request, DdpmSampler sampler) {
    throw new AssertionError("nothing is sampled from a parent");
  }

  @Override
  public long parameters() {
    return 1;
  }

  @Override
  public void save(StateStore store) {
    store.putLongs("levels", levels);
  }

  @Override
  public void restore(StateStore store) {
    throw new AssertionError("a parent is not restored");
  }

  @Override
  public void close() {}
}
