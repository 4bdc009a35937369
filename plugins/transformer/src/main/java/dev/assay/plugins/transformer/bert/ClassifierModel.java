package dev.assay.plugins.transformer.bert;

import dev.assay.nn.Dropout;
import dev.assay.nn.Linear;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.Schedule;
import dev.assay.nn.TrainStep;
import dev.assay.nn.decoding.TokenChoice;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.Block;
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
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * p(class | text): a layer over the mean of the encoder's vectors. The mean serves in place of the
 * first vector, which the pretraining here, without a next-sentence task, has given no meaning.
 */
final class ClassifierModel extends TokenModel<ClassifierSampler> implements Scorer {
  private static final int ROWS = 32;
  private static final int NONE = -1;
  private static final String LOG_PROBABILITIES = "log_probabilities";

  private final ClassifierConfig config;
  private final Backend backend;
  private final TextCoding coding;
  private final int block;
  private final int classes;
  private final RandomStream noise;
  private final Schedule schedule;
  private final BertEncoder encoder;
  private final Linear head;
  private final Program training;
  private @Nullable Program telling;

  ClassifierModel(
      ClassifierConfig config, ModelContext context, BertModel pretrained, int classes) {
    super(
        new ParameterStore(context.backend(), context.random().child("weights")),
        pretrained.coding());
    this.config = config;
    this.classes = classes;
    coding = pretrained.coding();
    block = pretrained.config().block();
    backend = context.backend();
    noise = context.random().child("noise");
    schedule = config.tuning().schedule();
    ParameterStore weights = store().scope(BertModel.ENCODER);
    BertEncoder trained = encoder(config.adapters().in(weights), pretrained);
    encoder = encoder(weights.merged(), pretrained);
    config.adapters().copy(pretrained, pretrained.store().scope(BertModel.ENCODER), weights);
    head = BertLayer.linear(store().scope("head"), encoder.width(), classes);
    Tensor labels = Tensor.input("labels", DType.I32, Shape.of(config.batch()));
    Tensor logits = logits(trained, config.batch(), Dropout.training(config.dropout()));
    Tensor loss = Tensors.crossEntropy(logits, labels).mean();
    training =
        config.tuning().step(store(), loss, BertModel.BETA1, BertModel.BETA2).compile(backend);
    atClose(training::close);
  }

  private BertEncoder encoder(ParameterStore weights, BertModel pretrained) {
    return BertEncoder.create(weights, pretrained.config(), coding.inputs());
  }

  /** [rows, classes], of the inputs tokens and lengths. */
  private Tensor logits(BertEncoder by, int rows, Dropout dropout) {
    Tensor lengths = Tensor.input("lengths", DType.I32, Shape.of(rows));
    Tensor vectors =
        by.apply(Tensor.input("tokens", DType.I32, Shape.of(rows, block)), lengths, dropout);
    Tensor count = lengths.toFloat().reshape(rows, 1);
    Tensor there = Tensor.iota(Shape.of(rows, block), 1).less(count).reshape(rows, block, 1);
    Tensor mean = vectors.mul(there).sum(1).div(count);
    return head.apply(dropout.child("classes").apply(mean));
  }

  /** Sets the inputs to texts, in the rows from {@code first} on. */
  private void load(Program program, int rows, List<String> texts, int first) {
    int[] tokens = new int[rows * block];
    int[] lengths = new int[rows];
    Arrays.fill(tokens, NONE);
    Arrays.fill(lengths, 1);
    for (int i = 0; i < texts.size(); i++) {
      int[] sequence = coding.sequence(texts.get(i));
      int row = first + i;
      lengths[row] = Math.min(block, sequence.length);
      System.arraycopy(sequence, 0, tokens, row * block, lengths[row]);
    }
    program.set("tokens", tokens);
    program.set("lengths", lengths);
  }

  @Override
  public StepReport train(BatchSource batches) {
    Batch batch = batches.next(config.batch());
    double rate = schedule.at(steps());
    load(training, config.batch(), texts(batch.condition()), 0);
    training.set("labels", ((Values.Labels) batch.x()).labels());
    training.set(TrainStep.LEARNING_RATE, new float[] {(float) rate});
    training.seed(noise.child(steps()));
    training.run();
    stepped();
    return new StepReport(
        training.scalar(TrainStep.LOSS),
        config.batch(),
        config.tuning().finished(steps()),
        Map.of("learning_rate", rate));
  }

  private static List<String> texts(Values condition) {
    return ((Values.Texts) condition).texts();
  }

  /** ln p of each class under each text: count · classes. */
  private float[] logProbabilities(List<String> texts, long first) {
    merge();
    if (telling == null) {
      Tensor all = Tensors.logSoftmax(logits(encoder, ROWS, Dropout.none()), -1);
      telling = backend.compile(Graph.builder().output(LOG_PROBABILITIES, all).build());
      atClose(telling::close);
    }
    float[] told = new float[texts.size() * classes];
    float[] rows = new float[ROWS * classes];
    for (Block part : Block.of(texts.size(), first, ROWS)) {
      load(telling, ROWS, texts.subList(part.from(), part.from() + part.count()), part.row());
      telling.run();
      telling.get(LOG_PROBABILITIES, rows);
      System.arraycopy(
          rows, part.row() * classes, told, part.from() * classes, part.count() * classes);
    }
    return told;
  }

  @Override
  public Samples sample(SampleRequest request, ClassifierSampler sampler) {
    float[] told = logProbabilities(texts(request.condition()), request.first());
    TokenChoice choice = sampler.greedy() ? TokenChoice.likeliest() : TokenChoice.model();
    int[] labels = new int[request.count()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = choice.choose(told, i * classes, classes, labels, 0, request.stream(i));
    }
    return new Samples(new Values.Labels(labels));
  }

  @Override
  public List<ScoreMethod> methods(int importanceSamples) {
    return List.of(ScoreMethod.exact(ScoreMethod.Measure.MASS).givenCondition());
  }

  @Override
  public double[] score(Batch batch, ScoreMethod method, RandomStream random, long first) {
    float[] told = logProbabilities(texts(batch.condition()), first);
    int[] labels = ((Values.Labels) batch.x()).labels();
    double[] nats = new double[labels.length];
    Arrays.setAll(nats, i -> -told[i * classes + labels[i]]);
    return nats;
  }
}
