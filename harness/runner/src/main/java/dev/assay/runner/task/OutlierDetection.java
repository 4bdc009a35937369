package dev.assay.runner.task;

import dev.assay.spi.Batch;
import dev.assay.spi.EncodedData;
import dev.assay.spi.Metric;
import dev.assay.spi.Modality;
import dev.assay.spi.Param;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether −ln p tells spoiled test examples from good ones. The first two rows of the picture are
 * the good ones that surprise least and most, the last two the same of the spoiled ones.
 */
record OutlierDetection() implements Task<OutlierDetection.Settings> {
  private static final int COLUMNS = 10;
  private static final int BATCH = 128;
  private static final double NORMAL_95 = 1.959963984540054;

  record Settings(
      @Param(
              doc =
                  "How examples are spoiled: shuffled draws each number from another example;"
                      + " inverted and rotated (by a quarter) are of images.",
              value = "shuffled")
          Spoiling outliers,
      @Param(doc = "Test examples.", value = "500", min = 2, max = 1e6) int examples) {}

  enum Spoiling {
    SHUFFLED,
    INVERTED,
    ROTATED
  }

  @Override
  public String id() {
    return "outlier-detection";
  }

  @Override
  public String summary() {
    return "spoiled examples told by their likelihood; needs a model that scores (Scorer)";
  }

  @Override
  public List<String> numbers() {
    return List.of("auroc");
  }

  @Override
  public Class<Settings> settingsType() {
    return Settings.class;
  }

  @Override
  public <S extends Record> Outcome run(Settings settings, Subject<S> subject) {
    if (!(subject.model() instanceof Scorer scorer)) {
      return new Outcome.NotApplicable("the model has no likelihood");
    }
    if (!(subject.data().test().x() instanceof Values.Dense)) {
      return new Outcome.NotApplicable("it needs images or tables");
    }
    boolean image = subject.x() instanceof Modality.Image;
    if (!image && settings.outliers() != Spoiling.SHUFFLED) {
      return new Outcome.NotApplicable("only images can be inverted or rotated");
    }
    if (settings.outliers() == Spoiling.ROTATED
        && subject.x() instanceof Modality.Image form
        && form.height() != form.width()) {
      return new Outcome.NotApplicable("only square images can be rotated");
    }
    Batch good = subject.test(settings.examples());
    Values.Dense spoiled =
        spoil(good.dense(), settings.outliers(), subject.x(), subject.random().child("spoil"));
    Batch bad = new Batch(spoiled, good.condition());
    ScoreMethod method = scorer.methods(subject.importanceSamples()).getFirst();
    double[] ofGood = nats(scorer, method, subject, good);
    double[] ofBad = nats(scorer, method, subject, bad);
    return new Outcome.Done(
        List.of(auroc(ofGood, ofBad, "score:" + method.id())),
        subject.x() instanceof Modality.Image form
            ? List.of(picture(form, good.dense(), ofGood, spoiled, ofBad))
            : List.of());
  }

  private static double[] nats(
      Scorer scorer, ScoreMethod method, Subject<?> subject, Batch examples) {
    EncodedData.Encoded encoded = subject.encode(examples);
    RandomStream random = subject.random().child("score");
    double[] nats = new double[examples.count()];
    for (int from = 0; from < nats.length; from += BATCH) {
      int to = Math.min(nats.length, from + BATCH);
      double[] some = scorer.score(encoded.batch().range(from, to), method, random, from);
      for (int i = from; i < to; i++) {
        nats[i] = some[i - from] - encoded.logDeterminants()[i];
      }
    }
    return nats;
  }

  /** Spoiled examples, in raw form. */
  static Values.Dense spoil(Values.Dense x, Spoiling how, Modality form, RandomStream random) {
    int width = x.width();
    int n = x.count();
    float[] data = x.data().clone();
    switch (how) {
      case SHUFFLED -> {
        for (int k = 0; k < width; k++) {
          int[] order = random.child(k).permutation(n);
          for (int i = 0; i < n; i++) {
            data[i * width + k] = x.data()[order[i] * width + k];
          }
        }
      }
      case INVERTED -> {
        float top = ((Modality.Image) form).levels() - 1;
        for (int i = 0; i < data.length; i++) {
          data[i] = top - data[i];
        }
      }
      case ROTATED -> {
        int side = ((Modality.Image) form).height();
        int channels = ((Modality.Image) form).channels();
        for (int i = 0; i < data.length; i++) {
          int pixel = i % width / channels;
          int from = pixel % side * side + (side - 1 - pixel / side);
          data[i] = x.data()[i / width * width + from * channels + i % channels];
        }
      }
    }
    return new Values.Dense(x.item(), data);
  }

  /**
   * Probability that a bad example has the higher score, ties counting half, with the interval of
   * Hanley and McNeil 1982.
   */
  static Outcome.Value auroc(double[] good, double[] bad, String how) {
    double[] sorted = good.clone();
    Arrays.sort(sorted);
    double wins = 0;
    for (double score : bad) {
      wins += (below(sorted, score, false) + below(sorted, score, true)) / 2.0;
    }
    double m = good.length;
    double n = bad.length;
    double area = wins / (m * n);
    double q1 = area / (2 - area);
    double q2 = 2 * area * area / (1 + area);
    double variance =
        (area * (1 - area) + (n - 1) * (q1 - area * area) + (m - 1) * (q2 - area * area)) / (m * n);
    double half = NORMAL_95 * Math.sqrt(Math.max(0, variance));
    return new Outcome.Value(
        "auroc",
        Metric.Direction.HIGHER,
        area,
        Math.max(0, area - half),
        Math.min(1, area + half),
        bad.length,
        "1",
        how);
  }

  /** How many of a sorted array are below a value, or equal to it. */
  private static int below(double[] sorted, double value, boolean orEqual) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value || (orEqual && sorted[middle] == value)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static Outcome.Picture picture(
      Modality.Image form, Values.Dense good, double[] ofGood, Values.Dense bad, double[] ofBad) {
    int columns = Math.min(COLUMNS, ofGood.length);
    float[] data = new float[4 * columns * form.size()];
    int length = columns * form.size();
    int[][] orders = {order(ofGood), order(ofBad)};
    Values.Dense[] of = {good, bad};
    for (int row = 0; row < 4; row++) {
      int[] order = orders[row / 2];
      int from = row % 2 == 0 ? 0 : order.length - columns;
      Values.Dense images = of[row / 2].select(Arrays.copyOfRange(order, from, from + columns));
      System.arraycopy(images.data(), 0, data, row * length, length);
    }
    return new Outcome.Picture(form, columns, new Values.Dense(good.item(), data));
  }

  /** Indices, the least surprising first. */
  private static int[] order(double[] nats) {
    return IntStream.range(0, nats.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> nats[i]))
        .mapToInt(i -> i)
        .toArray();
  }
}
