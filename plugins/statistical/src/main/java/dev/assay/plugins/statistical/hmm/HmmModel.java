package dev.assay.plugins.statistical.hmm;

import dev.assay.plugins.statistical.Convergence;
import dev.assay.plugins.statistical.Workers;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.spi.StateStore;
import dev.assay.spi.StepReport;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One update is one sweep of Baum-Welch; the first also finds the start. */
abstract sealed class HmmModel implements GenerativeModel<HmmSampler>, Scorer
    permits SeriesModel, TextModel {
  final HiddenMarkov chain;
  private final Emissions emissions;
  private final ScoreMethod.Measure measure;
  private final RandomStream random;
  private final Workers workers;
  private final Convergence convergence;
  private boolean started;

  HmmModel(
      HmmConfig config, Emissions emissions, ScoreMethod.Measure measure, ModelContext context) {
    this.emissions = emissions;
    this.measure = measure;
    random = context.random().child("start");
    workers = Workers.of(context.backend());
    chain = new HiddenMarkov(config.states(), config.smoothing(), emissions, random);
    convergence = new Convergence(config.tolerance());
  }

  /** The sequences to learn from. */
  abstract List<float[]> pieces(Values x);

  /** Each value as one sequence. */
  abstract List<float[]> sequences(Values x);

  /** The loss is in nats per step. */
  @Override
  public final StepReport train(BatchSource batches) {
    List<float[]> pieces = pieces(batches.all().x());
    if (!started) {
      emissions.start(pieces, random.child("emissions"));
      started = true;
    }
    long steps = pieces.stream().mapToLong(piece -> piece.length / emissions.width()).sum();
    double loss = Arrays.stream(chain.sweep(pieces, workers)).sum() / steps;
    return new StepReport(loss, batches.size(), convergence.reached(loss), Map.of());
  }

  @Override
  public final List<ScoreMethod> methods(int importanceSamples) {
    return List.of(ScoreMethod.exact(measure));
  }

  @Override
  public final double[] score(Batch batch, ScoreMethod method, RandomStream unused, long first) {
    List<float[]> sequences = sequences(batch.x());
    double[] nats = new double[sequences.size()];
    workers.forEach(nats.length, i -> nats[i] = chain.nats(sequences.get(i)));
    return nats;
  }

  @Override
  public final long parameters() {
    return chain.parameters();
  }

  @Override
  public final void save(StateStore store) {
    chain.save(store);
    convergence.save(store);
    store.putLongs("started", started ? 1 : 0);
  }

  @Override
  public final void restore(StateStore store) {
    chain.restore(store);
    convergence.restore(store);
    started = store.longs("started")[0] == 1;
  }

  @Override
  public final void close() {
    workers.close();
  }
}
