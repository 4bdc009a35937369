package dev.assay.plugins.statistical.chowliu;

import dev.assay.plugins.statistical.Workers;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.Infiller;
import dev.assay.spi.ModelContext;
import dev.assay.spi.Observed;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.spi.StateStore;
import dev.assay.spi.StepReport;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One update counts all pairs and finds the tree; training is then finished. */
final class ChowLiuModel implements Infiller<ChowLiuSampler>, Scorer {
  private static final int IMAGES = 256;

  private final ChowLiuConfig config;
  private final Shape item;
  private final Workers workers;
  private Tree tree;

  ChowLiuModel(ChowLiuConfig config, Shape item, int levels, ModelContext context) {
    this.config = config;
    this.item = item;
    workers = Workers.of(context.backend());
    tree = Tree.uniform(item.size(), levels);
  }

  @Override
  public StepReport train(BatchSource batches) {
    Batch all = batches.all();
    float[] data = all.dense().data();
    double loss = Arrays.stream(nats(data)).average().orElse(0);
    PairCounts counts = PairCounts.of(data, item.size(), tree.levels(), config.smoothing());
    tree = Tree.spanning(counts, counts.information(workers));
    return new StepReport(loss, all.count(), true, Map.of());
  }

  private double[] nats(float[] data) {
    double[] nats = new double[data.length / item.size()];
    workers.forEach(
        (nats.length + IMAGES - 1) / IMAGES,
        task -> {
          int to = Math.min((task + 1) * IMAGES, nats.length);
          for (int image = task * IMAGES; image < to; image++) {
            nats[image] = tree.nats(data, image);
          }
        });
    return nats;
  }

  @Override
  public Samples sample(SampleRequest request, ChowLiuSampler sampler) {
    return infill(request, Observed.nothing(item, request.count()), sampler);
  }

  @Override
  public Samples infill(SampleRequest request, Observed observed, ChowLiuSampler sampler) {
    float[] data = observed.x().data().clone();
    for (int i = 0; i < request.count(); i++) {
      tree.complete(data, observed.known(), i * item.size(), request.stream(i));
    }
    return new Samples(new Values.Dense(item, data));
  }

  @Override
  public List<ScoreMethod> methods(int importanceSamples) {
    return List.of(ScoreMethod.exact(ScoreMethod.Measure.MASS));
  }

  @Override
  public double[] score(Batch batch, ScoreMethod method, RandomStream unused, long first) {
    return nats(batch.dense().data());
  }

  @Override
  public long parameters() {
    long levels = tree.levels();
    return (levels - 1) * (1 + levels * (tree.pixels() - 1));
  }

  @Override
  public void save(StateStore store) {
    store.putLongs("order", Arrays.stream(tree.order()).asLongStream().toArray());
    store.putLongs("parents", Arrays.stream(tree.parents()).asLongStream().toArray());
    double[] tables = Arrays.stream(tree.tables()).flatMapToDouble(Arrays::stream).toArray();
    store.putDoubles("tables", tables(), tables);
  }

  @Override
  public void restore(StateStore store) {
    int[] order = Arrays.stream(store.longs("order")).mapToInt(Math::toIntExact).toArray();
    int[] parents = Arrays.stream(store.longs("parents")).mapToInt(Math::toIntExact).toArray();
    double[] flat = store.doubles("tables", tables());
    int size = tree.levels() * tree.levels();
    double[][] tables = new double[order.length][];
    Arrays.setAll(tables, i -> Arrays.copyOfRange(flat, i * size, (i + 1) * size));
    tree = new Tree(tree.levels(), order, parents, tables);
  }

  private Shape tables() {
    return Shape.of(tree.pixels(), tree.levels(), tree.levels());
  }

  @Override
  public void close() {
    workers.close();
  }
}
