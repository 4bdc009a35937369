package dev.assay.plugins.transformer.bert;

import dev.assay.nn.Dropout;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.Schedule;
import dev.assay.nn.TrainStep;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.ModelContext;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.spi.StepReport;
import dev.assay.spi.Values;
import dev.assay.spi.text.TextCoding;
import dev.assay.spi.text.TokenModel;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fills in hidden tokens; trained by AdamW. The loss is in nats per token to be told. */
final class BertModel extends TokenModel<BertSampler> implements Scorer {
  /** Where in its store the encoder is. */
  static final String ENCODER = "encoder";

  private static final String WEIGHT = "weight";

  /** Of Adam, as in Devlin et al. 2019, A.2. */
  static final double BETA1 = 0.9;

  static final double BETA2 = 0.999;

  private final BertConfig config;
  private final Backend backend;
  private final TextCoding coding;
  private final RandomStream noise;
  private final Schedule schedule;
  private final MaskedHead head;
  private final Program training;
  private @Nullable PseudoScorer scorer;
  private @Nullable GibbsChains chains;

  BertModel(BertConfig config, ModelContext context, TextCoding coding) {
    super(new ParameterStore(context.backend(), context.random().child("weights")), coding);
    this.config = config;
    this.coding = coding;
    backend = context.backend();
    noise = context.random().child("noise");
    schedule = config.tuning().schedule();
    ParameterStore store = store();
    BertEncoder encoder = BertEncoder.create(store.scope(ENCODER), config, coding.inputs());
    head = MaskedHead.create(store.scope("head"), encoder, coding.choices());
    training = compileTraining();
    atClose(training::close);
  }

  private Program compileTraining() {
    int rows = config.batch();
    Shape places = Shape.of(rows * config.places());
    Tensor vectors =
        head.encoder()
            .apply(
                Tensor.input("tokens", DType.I32, Shape.of(rows, config.block())),
                Tensor.input("lengths", DType.I32, Shape.of(rows)),
                Dropout.training(config.dropout()));
    Tensor logits = head.logits(vectors, Tensor.input("places", DType.I32, places));
    Tensor nll = Tensors.crossEntropy(logits, Tensor.input("targets", DType.I32, places));
    Tensor loss = nll.sum().mul(Tensor.input(WEIGHT, DType.F32, Shape.SCALAR));
    return config.tuning().step(store(), loss, BETA1, BETA2).compile(backend);
  }

  /** How the network reads text. */
  TextCoding coding() {
    return coding;
  }

  BertConfig config() {
    return config;
  }

  @Override
  public StepReport train(BatchSource batches) {
    RandomStream random = noise.child(steps());
    Masking rows =
        Masking.of(
            windows(batches, random.child("start")),
            config.block(),
            config.places(),
            config.masked(),
            head.encoder().mask(),
            head.choices(),
            random.child("masks"));
    double rate = schedule.at(steps());
    training.set("tokens", rows.tokens());
    training.set("lengths", rows.lengths());
    training.set("places", rows.places());
    training.set("targets", rows.targets());
    training.set(WEIGHT, new float[] {1f / Math.max(1, rows.count())});
    training.set(TrainStep.LEARNING_RATE, new float[] {(float) rate});
    training.seed(random);
    training.run();
    stepped();
    long examples =
        coding.documents() ? config.batch() : (long) config.batch() * (config.block() - 1);
    return new StepReport(
        training.scalar(TrainStep.LOSS),
        examples,
        config.tuning().finished(steps()),
        Map.of("learning_rate", rate));
  }

  /** Rows of the start and the tokens of a window: [batch, block]. */
  private int[] windows(BatchSource batches, RandomStream random) {
    int block = config.block();
    if (coding.documents()) {
      return coding.windows(batches, config.batch(), block - 1, random);
    }
    int[] tokens = coding.renumber(batches.windows(coding.tokenizer(), config.batch(), block - 2));
    int[] rows = new int[config.batch() * block];
    for (int row = 0; row < config.batch(); row++) {
      rows[row * block] = coding.start();
      System.arraycopy(tokens, row * (block - 1), rows, row * block + 1, block - 1);
    }
    return rows;
  }

  @Override
  public Samples sample(SampleRequest request, BertSampler sampler) {
    if (chains == null) {
      chains = new GibbsChains(backend, head, config.block(), coding.start());
      atClose(chains::close);
    }
    return new Samples(
        new Values.Texts(chains.draw(request, sampler).stream().map(this::text).toList()));
  }

  private String text(int[] tokens) {
    int end = 0;
    while (end < tokens.length && tokens[end] != coding.start()) {
      end++;
    }
    return coding.tokenizer().decode(coding.renumber(Arrays.copyOf(tokens, end)));
  }

  @Override
  public List<ScoreMethod> methods(int importanceSamples) {
    return List.of(new ScoreMethod("pseudo", ScoreMethod.Kind.PSEUDO, ScoreMethod.Measure.MASS, 0));
  }

  @Override
  public double[] score(Batch batch, ScoreMethod method, RandomStream random, long first) {
    if (scorer == null) {
      scorer = new PseudoScorer(backend, head, config.block());
      atClose(scorer::close);
    }
    return scorer.score(coding.sequences(batch.x()), first);
  }
}
