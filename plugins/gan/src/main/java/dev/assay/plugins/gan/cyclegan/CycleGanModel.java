package dev.assay.plugins.gan.cyclegan;

import dev.assay.nn.Adam;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.TrainStep;
import dev.assay.plugins.gan.network.DataForm;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.Block;
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
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One update is a step of both translators, then one of both critics, on the same images. A sample
 * of a set is a training image of the other, translated. An image's code is its translation.
 */
final class CycleGanModel implements GenerativeModel<CycleGanSampler>, LatentCodec {
  private static final int ROWS = 32;
  private static final String A = "a";
  private static final String B = "b";
  private static final String ADVERSARIAL = "adversarial";
  private static final String CYCLE = "cycle";
  private static final String IDENTITY = "identity";

  private final CycleGanConfig config;
  private final Backend backend;
  private final DataForm form;
  private final ParameterStore store;
  private final Players players;
  private final Sets sets;
  private final Program translators;
  private final Program critics;
  private @Nullable Program translation;

  CycleGanModel(CycleGanConfig config, ModelContext context) {
    this.config = config;
    backend = context.backend();
    Modality.Image image = (Modality.Image) context.spec().x();
    form = DataForm.of(image);
    store = new ParameterStore(backend, context.random().child("weights"));
    players = Players.create(store, image, config);
    sets = new Sets(form.item());
    Tensor a = input(A, config.batch());
    Tensor b = input(B, config.batch());
    Players.Translation parts = players.translation(a, b);
    translators =
        step(Players.TRANSLATORS, parts.loss(config))
            .output(ADVERSARIAL, parts.adversarial())
            .output(CYCLE, parts.cycle())
            .output(IDENTITY, parts.identity())
            .compile(backend);
    critics = step(Players.CRITICS, players.judgement(a, b)).compile(backend);
  }

  private Tensor input(String name, int rows) {
    return form.centred(Tensor.input(name, DType.F32, form.item().insert(0, rows)));
  }

  private TrainStep step(String side, Tensor loss) {
    Adam adam = Adam.of(store.scope("optimizer").scope(side), config.beta1(), 0.999);
    return new TrainStep(loss, store.scope(side).parameters(), adam);
  }

  /** The loss is the translators'. */
  @Override
  public StepReport train(BatchSource batches) {
    float[][] images = sets.next(batches, config.batch());
    stepTranslators(images);
    stepCritics(images);
    return new StepReport(
        translators.scalar(TrainStep.LOSS),
        2L * config.batch(),
        false,
        Map.of(
            ADVERSARIAL,
            (double) translators.scalar(ADVERSARIAL),
            CYCLE,
            (double) translators.scalar(CYCLE),
            IDENTITY,
            (double) translators.scalar(IDENTITY),
            "critics",
            (double) critics.scalar(TrainStep.LOSS)));
  }

  /** One step of both translators on images of A and of B. */
  void stepTranslators(float[][] images) {
    run(translators, images);
  }

  /** One step of both critics on images of A and of B. */
  void stepCritics(float[][] images) {
    run(critics, images);
  }

  /** All trained numbers of one side of the game. */
  float[] weights(String side) {
    ParameterStore of = store.scope(side);
    float[] all = new float[(int) of.count()];
    int at = 0;
    for (Parameter parameter : of.parameters()) {
      float[] values = new float[parameter.shape().size()];
      parameter.variable().read(values);
      System.arraycopy(values, 0, all, at, values.length);
      at += values.length;
    }
    return all;
  }

  private void run(Program program, float[][] images) {
    program.set(A, images[0]);
    program.set(B, images[1]);
    program.set(TrainStep.LEARNING_RATE, new float[] {(float) config.learningRate()});
    program.run();
  }

  /** The condition of a sample is the set that it is to be of. */
  @Override
  public Samples sample(SampleRequest request, CycleGanSampler sampler) {
    int[] wanted = ((Values.Labels) request.condition()).labels();
    float[] sources = new float[wanted.length * form.item().size()];
    for (int i = 0; i < wanted.length; i++) {
      sets.draw(1 - wanted[i], request.stream(i), sources, i);
    }
    return new Samples(translated(sources, wanted, request.first()));
  }

  /**
   * Images carried to the other set.
   *
   * @param wanted set that each is carried to
   * @param first index of the first, which decides its row
   */
  private Values.Dense translated(float[] images, int[] wanted, long first) {
    if (translation == null) {
      translation = compileTranslation();
    }
    int size = form.item().size();
    float[] in = new float[ROWS * size];
    float[][] out = new float[2][ROWS * size];
    float[] results = new float[images.length];
    for (Block block : Block.of(wanted.length, first, ROWS)) {
      System.arraycopy(images, block.from() * size, in, block.row() * size, block.count() * size);
      translation.set("x", in);
      translation.run();
      translation.get(A, out[0]);
      translation.get(B, out[1]);
      for (int i = 0; i < block.count(); i++) {
        float[] of = out[wanted[block.from() + i]];
        System.arraycopy(of, (block.row() + i) * size, results, (block.from() + i) * size, size);
      }
    }
    return new Values.Dense(form.item(), results);
  }

  private Program compileTranslation() {
    Tensor x = input("x", ROWS);
    return backend.compile(
        Graph.builder()
            .output(A, form.data(players.back().apply(x)))
            .output(B, form.data(players.there().apply(x)))
            .build());
  }

  @Override
  public Shape code() {
    return form.item();
  }

  @Override
  public boolean exact() {
    return false;
  }

  /** Each image's translation to the set that its label does not name. */
  @Override
  public Values.Dense encode(Batch batch) {
    int[] labels = ((Values.Labels) batch.condition()).labels();
    int[] others = new int[labels.length];
    for (int i = 0; i < others.length; i++) {
      others[i] = 1 - labels[i];
    }
    return translated(batch.dense().data(), others, 0);
  }

  /** Translations back to the sets that the conditions name. */
  @Override
  public Values decode(Values.Dense codes, Values condition) {
    return translated(codes.data(), ((Values.Labels) condition).labels(), 0);
  }

  @Override
  public long parameters() {
    return store.scope(Players.TRANSLATORS).count() + store.scope(Players.CRITICS).count();
  }

  @Override
  public void save(StateStore state) {
    States.save(store, state);
    sets.save(state);
  }

  @Override
  public void restore(StateStore state) {
    States.restore(store, state);
    sets.restore(state);
  }

  @Override
  public void close() {
    translators.close();
    critics.close();
    if (translation != null) {
      translation.close();
    }
  }
}
