package dev.assay.plugins.vae.autoencoder;

import dev.assay.nn.Adam;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.TrainStep;
import dev.assay.plugins.vae.Coder;
import dev.assay.plugins.vae.Condition;
import dev.assay.plugins.vae.Given;
import dev.assay.plugins.vae.Items;
import dev.assay.plugins.vae.Lazy;
import dev.assay.plugins.vae.Likelihood;
import dev.assay.plugins.vae.RowProgram;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.LatentCodec;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelContext;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.StateStore;
import dev.assay.spi.States;
import dev.assay.spi.StepReport;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;

/**
 * One update is a gradient step of encoder and decoder, and a step of the mixture towards the codes
 * of its batch.
 */
final class AutoencoderModel implements GenerativeModel<AutoencoderSampler>, LatentCodec {
  private static final String X = "x";
  private static final String CODES = "codes";

  private final AutoencoderConfig config;
  private final Backend backend;
  private final Shape item;
  private final ParameterStore store;
  private final Likelihood likelihood;
  private final Coder encoder;
  private final Coder decoder;
  private final CodeMixture mixture;
  private final RandomStream beginnings;
  private final Program training;
  private final Lazy<RowProgram> encoding = new Lazy<>(this::compileEncoding, RowProgram::close);
  private final Lazy<RowProgram> decoding = new Lazy<>(this::compileDecoding, RowProgram::close);
  private long steps;

  AutoencoderModel(AutoencoderConfig config, ModelContext context) {
    this.config = config;
    Modality x = Items.of(context.spec());
    item = Items.shape(x);
    backend = context.backend();
    beginnings = context.random().child("mixture");
    store = new ParameterStore(backend, context.random().child("weights"));
    likelihood = config.training().likelihood().of(x);
    int latent = config.latent();
    encoder = config.architecture().encoder(store.scope("encoder"), x, 0, latent);
    decoder =
        config
            .architecture()
            .decoder(store.scope("decoder"), x, 0, latent, likelihood.parameters());
    mixture = new CodeMixture(config.components(), latent);
    training = compileTraining();
  }

  /** −ln p(x | z) at z = encoder(x), mean over the batch. */
  private Program compileTraining() {
    Tensor x = Tensor.input(X, DType.F32, Shape.of(config.training().batch(), item.size()));
    Tensor z = encode(x);
    Tensor loss = likelihood.logProbability(decode(z), x).mean().neg();
    return new TrainStep(loss, store.parameters(), Adam.standard(store.scope("adam")))
        .output(CODES, z)
        .compile(backend);
  }

  private Tensor encode(Tensor x) {
    return encoder.apply(likelihood.centred(x), Given.nothing());
  }

  private Tensor decode(Tensor z) {
    return decoder.apply(z, Given.nothing());
  }

  @Override
  public StepReport train(BatchSource batches) {
    training.set(X, batches.next(config.training().batch()).dense().data());
    training.set(TrainStep.LEARNING_RATE, new float[] {(float) config.training().learningRate()});
    training.run();
    float[] codes = new float[config.training().batch() * config.latent()];
    training.get(CODES, codes);
    mixture.step(codes, beginnings.child(steps));
    steps++;
    return StepReport.of(training.scalar(TrainStep.LOSS), config.training().batch());
  }

  /** A code of the mixture, and a likely x of that code. */
  @Override
  public Samples sample(SampleRequest request, AutoencoderSampler sampler) {
    float[] codes = new float[request.count() * config.latent()];
    for (int i = 0; i < request.count(); i++) {
      mixture.draw(request.stream(i), sampler.temperature(), codes, i * config.latent());
    }
    return new Samples(decode(codes, request.condition(), request.first()));
  }

  private Values.Dense decode(float[] codes, Values condition, long first) {
    return new Values.Dense(item, decoding.get().run(codes, condition, null, first));
  }

  @Override
  public Shape code() {
    return Shape.of(config.latent());
  }

  @Override
  public boolean exact() {
    return false;
  }

  @Override
  public Values.Dense encode(Batch batch) {
    float[] codes = encoding.get().run(batch.dense().data(), batch.condition(), null, 0);
    return new Values.Dense(code(), codes);
  }

  private RowProgram compileEncoding() {
    return RowProgram.of(backend, Condition.none(), item.size(), (x, _, _) -> encode(x));
  }

  @Override
  public Values decode(Values.Dense codes, Values condition) {
    return decode(codes.data(), condition, 0);
  }

  private RowProgram compileDecoding() {
    return RowProgram.of(
        backend, Condition.none(), config.latent(), (z, _, _) -> likelihood.likely(decode(z)));
  }

  @Override
  public long parameters() {
    return store.count() + mixture.parameters();
  }

  @Override
  public void save(StateStore state) {
    States.save(store, state);
    mixture.save(state);
    state.putLongs("steps", steps);
  }

  @Override
  public void restore(StateStore state) {
    States.restore(store, state);
    mixture.restore(state);
    steps = state.longs("steps")[0];
  }

  @Override
  public void close() {
    training.close();
    encoding.close();
    decoding.close();
  }
}
