package dev.assay.testkit;

import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.Infiller;
import dev.assay.spi.LatentCodec;
import dev.assay.spi.Observed;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.ScoreMethod.Kind;
import dev.assay.spi.ScoreMethod.Measure;
import dev.assay.spi.Scorer;
import dev.assay.spi.StateStore;
import dev.assay.spi.StepReport;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.testkit.CoinConfig.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A coin for each of four pixels, its bias a running mean; right but for its fault. */
final class CoinModel implements Infiller<CoinSampler>, Scorer, LatentCodec {
  static final List<Object> REACHABLE = new ArrayList<>();
  static final CountDownLatch END = new CountDownLatch(1);

  private static int created;

  private final CoinConfig config;
  private final int number = created++;
  private final double[] bright = {1, 1, 1, 1};
  private double seen = 2;
  private boolean closed;

  CoinModel(CoinConfig config) {
    this.config = config;
    if (has(Fault.STAYS_REACHABLE)) {
      REACHABLE.add(this);
    }
    if (has(Fault.LEAVES_A_THREAD)) {
      Thread.ofPlatform().daemon().start(CoinModel::waitForTheEnd);
    }
  }

  private static void waitForTheEnd() {
    try {
      END.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean has(Fault fault) {
    return config.fault() == fault;
  }

  private double bias(int pixel) {
    return bright[pixel] / seen;
  }

  @Override
  public StepReport train(BatchSource batches) {
    Batch batch = batches.next(config.batch());
    double loss = Arrays.stream(nats(batch)).average().orElseThrow();
    float[] data = batch.dense().data();
    for (int i = 0; i < data.length; i++) {
      bright[i % 4] += data[i];
    }
    seen += batch.count() + (has(Fault.UNSEEDED) ? 1e-9 * number : 0);
    return StepReport.of(has(Fault.RISING_LOSS) ? -loss : loss, batch.count());
  }

  private double[] nats(Batch batch) {
    float[] data = batch.dense().data();
    double[] nats = new double[batch.count()];
    for (int i = 0; i < data.length; i++) {
      nats[i / 4] -= Math.log(data[i] == 1 ? bias(i % 4) : 1 - bias(i % 4));
    }
    return nats;
  }

  @Override
  public Samples sample(SampleRequest request, CoinSampler sampler) {
    float[] data = new float[4 * request.count()];
    for (int i = 0; i < request.count(); i++) {
      RandomStream random =
          has(Fault.SAMPLES_BY_PLACE) ? request.random().child(i) : request.stream(i);
      for (int pixel = 0; pixel < 4; pixel++) {
        double p = has(Fault.SAMPLES_OF_ANOTHER_MODEL) ? 0.5 * bias(pixel) : bias(pixel);
        data[4 * i + pixel] = random.nextDouble() < p ? 1 : 0;
      }
    }
    return new Samples(new Values.Dense(Shape.of(2, 2, 1), data));
  }

  @Override
  public Samples infill(SampleRequest request, Observed observed, CoinSampler sampler) {
    Samples samples = sample(request, sampler);
    float[] data = ((Values.Dense) samples.values()).data();
    for (int i = 0; i < data.length && !has(Fault.COMPLETES_ANEW); i++) {
      boolean kept = observed.known()[i] || has(Fault.COMPLETES_BY_READING_WHAT_IS_HIDDEN);
      data[i] = kept ? observed.x().data()[i] : data[i];
    }
    return samples;
  }

  @Override
  public List<ScoreMethod> methods(int importanceSamples) {
    ScoreMethod exact = ScoreMethod.exact(Measure.MASS);
    ScoreMethod bound = new ScoreMethod("bound", Kind.LOWER_BOUND, Measure.MASS, 0);
    return List.of(exact, bound);
  }

  @Override
  public double[] score(Batch batch, ScoreMethod method, RandomStream random, long first) {
    double shift =
        switch (config.fault()) {
          case SCORES_BY_BATCH -> 0.01 * batch.count();
          case MASS_ABOVE_ONE -> -0.01;
          case BOUND_ABOVE_MASS -> method.kind() == Kind.LOWER_BOUND ? -0.1 : 0;
          default -> method.kind() == Kind.LOWER_BOUND ? 0.1 : 0;
        };
    return Arrays.stream(nats(batch)).map(v -> v + shift).toArray();
  }

  @Override
  public Shape code() {
    return Shape.of(4);
  }

  @Override
  public boolean exact() {
    return true;
  }

  /** The pixels, from right to left. */
  @Override
  public Values.Dense encode(Batch batch) {
    float[] codes = reversed(batch.dense().data());
    codes[0] += has(Fault.CODES_BY_BATCH) ? 0.01f * batch.count() : 0;
    return new Values.Dense(code(), codes);
  }

  @Override
  public Values.Dense decode(Values.Dense codes, Values condition) {
    float[] pixels = reversed(codes.data());
    pixels[0] = has(Fault.LOSES_IN_CODES) ? 0 : pixels[0];
    return new Values.Dense(Shape.of(2, 2, 1), pixels);
  }

  private static float[] reversed(float[] rows) {
    float[] reversed = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      reversed[i] = rows[i / 4 * 4 + 3 - i % 4];
    }
    return reversed;
  }

  @Override
  public long parameters() {
    return 4;
  }

  @Override
  public void save(StateStore store) {
    store.putDoubles("bright", Shape.of(4), bright);
    store.putDoubles("seen", Shape.SCALAR, new double[] {seen});
  }

  @Override
  public void restore(StateStore store) {
    System.arraycopy(store.doubles("bright", Shape.of(4)), 0, bright, 0, 4);
    seen = has(Fault.FORGETS_ON_RESTORE) ? seen : store.doubles("seen", Shape.SCALAR)[0];
  }

  @Override
  public void close() {
    if (has(Fault.CLOSES_ONCE) && closed) {
      throw new IllegalStateException("closed already");
    }
    closed = true;
  }
}
