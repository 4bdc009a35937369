package dev.assay.plugins.transformer.gpt;

import dev.assay.nn.Dropout;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.Schedule;
import dev.assay.nn.TrainStep;
import dev.assay.plugins.transformer.gpt.GptNetwork.Packing;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.ModelContext;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.spi.StepReport;
import dev.assay.spi.text.TextSampler;
import dev.assay.spi.text.TokenModel;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Next-token prediction by AdamW on random windows. */
final class GptModel extends TokenModel<TextSampler> implements Scorer {
  private static final String WEIGHT = "weight";
  private static final String DOCUMENTS = "documents";
  private static final String PLACES = "places";

  /** Numbers of rows that a packed update may have. */
  private static final int PACKED_SIZES = 8;

  private final GptConfig config;
  private final Backend backend;
  private final TokenData data;
  private final RandomStream noise;
  private final Schedule schedule;
  private final GptNetwork network;
  private final Map<Integer, Program> programs = new HashMap<>();
  private final Inference inference;

  GptModel(GptConfig config, ModelContext context, TokenData data) {
    this(
        config,
        context,
        data,
        new ParameterStore(context.backend(), context.random().child("weights")));
  }

  private GptModel(GptConfig config, ModelContext context, TokenData data, ParameterStore store) {
    this(config, context, data, store, store);
  }

  /**
   * @param store what is trained and saved
   * @param weights how the network's parameters are created in it
   */
  GptModel(
      GptConfig config,
      ModelContext context,
      TokenData data,
      ParameterStore store,
      ParameterStore weights) {
    super(store, data);
    this.config = config;
    this.data = data;
    backend = context.backend();
    noise = context.random().child("noise");
    schedule = config.tuning().schedule();
    network = network(weights);
    inference = new Inference(backend, network(store.merged()), data, config.stride());
    atClose(inference::close);
    // The optimizer's variables exist from the beginning, so that a checkpoint can be restored.
    training(config.packed() ? rowStep() : config.batch());
  }

  private GptNetwork network(ParameterStore weights) {
    return GptNetwork.create(weights, config, data.inputs(), data.context(), data.choices());
  }

  GptConfig config() {
    return config;
  }

  /** How examples are tokens. */
  TokenData data() {
    return data;
  }

  /** The update of so many rows. */
  private Program training(int rows) {
    return programs.computeIfAbsent(rows, this::compile);
  }

  private Program compile(int rows) {
    Shape shape = Shape.of(rows, data.context());
    Dropout dropout = Dropout.training(config.dropout());
    @Nullable Packing packing =
        config.packed()
            ? new Packing(
                Tensor.input(DOCUMENTS, DType.I32, shape), Tensor.input(PLACES, DType.I32, shape))
            : null;
    Tensor logits = network.logits(Tensor.input("tokens", DType.I32, shape), packing, dropout);
    Tensor nll = Tensors.crossEntropy(logits, Tensor.input("targets", DType.I32, shape));
    Tensor loss = nll.sum().mul(Tensor.input(WEIGHT, DType.F32, Shape.SCALAR));
    Program program =
        config.tuning().step(store(), loss, config.beta1(), config.beta2()).compile(backend);
    atClose(program::close);
    return program;
  }

  @Override
  public StepReport train(BatchSource batches) {
    RandomStream random = noise.child(steps());
    Rows given = data.rows(batches, config.batch(), random.child("start"));
    Rows rows = config.packed() ? given.packed(rowStep()) : given;
    double rate = schedule.at(steps());
    Program training = training(rows.count());
    training.set("tokens", rows.tokens());
    training.set("targets", rows.targets());
    if (config.packed()) {
      training.set(DOCUMENTS, rows.documents());
      if (network.positions() != null) {
        training.set(PLACES, rows.places());
      }
    }
    training.set(WEIGHT, new float[] {1f / Math.max(1, rows.predicted())});
    if (trains()) {
      training.set(TrainStep.LEARNING_RATE, new float[] {(float) rate});
    }
    training.seed(random);
    training.run();
    stepped();
    return new StepReport(
        (double) training.scalar(TrainStep.LOSS) * data.lossUnit(),
        data.examples(config.batch()),
        config.tuning().finished(steps()) || !trains(),
        Map.of("learning_rate", rate));
  }

  private int rowStep() {
    return Math.ceilDiv(config.batch(), PACKED_SIZES);
  }

  @Override
  public Samples sample(SampleRequest request, TextSampler sampler) {
    merge();
    return inference.sample(request, sampler);
  }

  @Override
  public List<ScoreMethod> methods(int importanceSamples) {
    ScoreMethod exact = ScoreMethod.exact(ScoreMethod.Measure.MASS);
    return List.of(data.conditional() ? exact.givenCondition() : exact);
  }

  @Override
  public double[] score(Batch batch, ScoreMethod method, RandomStream random, long first) {
    merge();
    return inference.score(batch, first);
  }
}
