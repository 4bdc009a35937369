package dev.assay.runner.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.runner.experiment.ScoreSettings;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.EncodedData;
import dev.assay.spi.Evaluation;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.LatentCodec;
import dev.assay.spi.PreparedData;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.spi.StateStore;
import dev.assay.spi.StepReport;
import dev.assay.spi.Values;
import dev.assay.tensor.BackendProvider;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.reference.ReferenceProvider;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What metrics are told of a model comes in raw form, from however many batches. */
final class AnswersTest {
  private static final PlaneData PLANE = new PlaneData();
  private static final PreparedData DATA =
      PLANE.prepare(PLANE.load(PlaneData.ID, null), new PlaneData.None(), new PlaneData.None());

  /** Keeps the first coordinate of a point; scores its square. */
  private static final class FirstCoordinate
      implements GenerativeModel<PlaneData.None>, LatentCodec, Scorer {
    private final boolean exact;

    FirstCoordinate(boolean exact) {
      this.exact = exact;
    }

    @Override
    public Shape code() {
      return Shape.of(1);
    }

    @Override
    public boolean exact() {
      return exact;
    }

    @Override
    public Values.Dense encode(Batch batch) {
      float[] codes = new float[batch.count()];
      for (int i = 0; i < codes.length; i++) {
        codes[i] = batch.dense().data()[2 * i];
      }
      return new Values.Dense(code(), codes);
    }

    @Override
    public Values decode(Values.Dense codes, Values condition) {
      float[] points = new float[2 * codes.count()];
      for (int i = 0; i < codes.count(); i++) {
        points[2 * i] = codes.data()[i];
      }
      return new Values.Dense(Shape.of(2), points);
    }

    @Override
    public List<ScoreMethod> methods(int importanceSamples) {
      return List.of(ScoreMethod.exact(ScoreMethod.Measure.DENSITY));
    }

    @Override
    public double[] score(Batch batch, ScoreMethod method, RandomStream random, long first) {
      return Arrays.stream(encodeAll(batch)).map(x -> x * x).toArray();
    }

    private double[] encodeAll(Batch batch) {
      float[] codes = encode(batch).data();
      double[] all = new double[codes.length];
      Arrays.setAll(all, i -> codes[i]);
      return all;
    }

    @Override
    public StepReport train(BatchSource batches) {
      throw new IllegalStateException("it is trained");
    }

    @Override
    public Samples sample(SampleRequest request, PlaneData.None sampler) {
      throw new IllegalStateException("it draws nothing");
    }

    @Override
    public long parameters() {
      return 0;
    }

    @Override
    public void save(StateStore store) {}

    @Override
    public void restore(StateStore store) {}

    @Override
    public void close() {}
  }

  private static Answers answers(TrainedModel<?> trained) {
    Optional<Scoring> scoring =
        trained.model() instanceof Scorer scorer
            ? Optional.of(
                new Scoring(
                    scorer,
                    trained.encoded(),
                    RandomStream.root(1),
                    new Cancellation(),
                    (done, of) -> {}))
            : Optional.empty();
    return new Answers(
        trained, scoring, new ScoreSettings(List.of(), 1, 1, 1, List.of(), 7), new Cancellation());
  }

  private static TrainedModel<PlaneData.None> trained(boolean exact) {
    EncodedData encoded = DATA.encoded(Fit.Encoding.RAW);
    return new TrainedModel<>(
        new FirstCoordinate(exact),
        List.of(),
        new CountingBackend(new ReferenceProvider().open(BackendProvider.Settings.standard())),
        DATA,
        encoded,
        encoded.batches(RandomStream.root(1)),
        RandomStream.root(1));
  }

  /** 300 points: more than two batches. */
  private static Batch points() {
    float[] data = new float[600];
    for (int i = 0; i < data.length; i++) {
      data[i] = i / 100f;
    }
    return Batch.of(new Values.Dense(Shape.of(2), data));
  }

  @Test
  void codesAreOfTheModelsFormAndReconstructionsOfTheRawOne() throws IOException {
    try (TrainedModel<PlaneData.None> trained = trained(false)) {
      Answers answers = answers(trained);
      Values.Dense codes = answers.codes(points(), "test").orElseThrow();
      assertThat(codes.count()).isEqualTo(300);
      // Raw points are doubled for the model.
      assertThat(codes.data()[150]).isEqualTo(2 * 3f);
      Values.Dense back = (Values.Dense) answers.reconstructions(points(), "test").orElseThrow();
      assertThat(back.data()[300]).isEqualTo(3f);
      assertThat(back.data()[301]).isZero();
    }
  }

  @Test
  void scoresAreInRawUnits() throws IOException {
    try (TrainedModel<PlaneData.None> trained = trained(false)) {
      Evaluation.Likelihood scored = answers(trained).score(points(), "train").orElseThrow();
      assertThat(scored.method().kindAndMeasure()).isEqualTo("exact/density");
      // (2 · 3)² less the log-determinant of doubling two coordinates.
      assertThat(scored.nats()[150]).isCloseTo(36 - 2 * Math.log(2), within(1e-6));
    }
  }

  @Test
  void anExactCodecHasNothingToReconstruct() throws IOException {
    try (TrainedModel<PlaneData.None> trained = trained(true)) {
      assertThat(answers(trained).reconstructions(points(), "test")).isEmpty();
      assertThat(answers(trained).codes(points(), "test")).isPresent();
    }
  }
}
