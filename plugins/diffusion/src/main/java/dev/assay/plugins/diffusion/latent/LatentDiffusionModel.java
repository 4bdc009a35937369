package dev.assay.plugins.diffusion.latent;

import dev.assay.plugins.diffusion.ddpm.DdpmProvider;
import dev.assay.plugins.diffusion.ddpm.DdpmSampler;
import dev.assay.spi.BatchSource;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.LatentCodec;
import dev.assay.spi.ModelContext;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.StateStore;
import dev.assay.spi.StepReport;
import dev.assay.spi.Values;

/** A DDPM whose examples are codes; the first update also measures them. */
final class LatentDiffusionModel implements GenerativeModel<DdpmSampler> {
  /** Examples that means and deviations of codes are taken from. */
  private static final int MEASURED = 1024;

  private final Codes codes;
  private final GenerativeModel<DdpmSampler> diffusion;
  private final long ofAutoencoder;
  private boolean measured;

  /**
   * @param ofAutoencoder numbers that the parent consists of
   */
  LatentDiffusionModel(
      LatentDiffusionConfig config, ModelContext context, LatentCodec codec, long ofAutoencoder) {
    this.ofAutoencoder = ofAutoencoder;
    codes = new Codes(codec);
    diffusion =
        new DdpmProvider().create(config.ofCodes(), new CodeContext(context, codes.width()));
  }

  /** The loss is that of ddpm: mean square of what the prediction misses, per number of a code. */
  @Override
  public StepReport train(BatchSource batches) {
    if (!measured) {
      codes.measure(batches.next(MEASURED));
      measured = true;
    }
    return diffusion.train(codes.of(batches));
  }

  @Override
  public Samples sample(SampleRequest request, DdpmSampler sampler) {
    Values.Dense drawn = (Values.Dense) diffusion.sample(request, sampler).values();
    return new Samples(codes.decode(drawn, request.condition()));
  }

  /** Those of the diffusion and of the autoencoder, which draws the samples. */
  @Override
  public long parameters() {
    return diffusion.parameters() + ofAutoencoder;
  }

  @Override
  public long trained() {
    return diffusion.trained();
  }

  @Override
  public void save(StateStore store) {
    diffusion.save(store);
    codes.save(store);
    store.putLongs("measured", measured ? 1 : 0);
  }

  @Override
  public void restore(StateStore store) {
    diffusion.restore(store);
    codes.restore(store);
    measured = store.longs("measured")[0] == 1;
  }

  @Override
  public void close() {
    diffusion.close();
  }
}
