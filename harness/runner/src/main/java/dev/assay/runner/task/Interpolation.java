package dev.assay.runner.task;

import dev.assay.spi.Batch;
import dev.assay.spi.LatentCodec;
import dev.assay.spi.Modality;
import dev.assay.spi.Param;
import dev.assay.spi.Values;
import java.util.Arrays;
import java.util.List;

/**
 * The way from one test image to another between their codes. A row of the picture: an image, the
 * decoded codes of the way from end to end, the other image.
 */
record Interpolation() implements Task<Interpolation.Settings> {
  record Settings(
      @Param(doc = "Pairs of test images.", value = "8", min = 1, max = 100) int pairs,
      @Param(doc = "Codes of a way, both ends included.", value = "9", min = 2, max = 100)
          int steps,
      @Param(
              doc =
                  "linear, or spherical: along a great circle, for codes that are normal noise"
                      + " (Shoemake 1985).",
              value = "linear")
          Path path) {}

  enum Path {
    LINEAR,
    SPHERICAL
  }

  @Override
  public String id() {
    return "interpolation";
  }

  @Override
  public String summary() {
    return "images between two test images; needs a model with codes (LatentCodec)";
  }

  @Override
  public List<String> numbers() {
    return List.of();
  }

  @Override
  public Class<Settings> settingsType() {
    return Settings.class;
  }

  @Override
  public <S extends Record> Outcome run(Settings settings, Subject<S> subject) {
    if (!(subject.x() instanceof Modality.Image form)) {
      return new Outcome.NotApplicable("it needs images");
    }
    if (!(subject.model() instanceof LatentCodec codec)) {
      return new Outcome.NotApplicable("the model has no codes");
    }
    int pairs = Math.min(settings.pairs(), subject.data().test().count() / 2);
    if (pairs == 0) {
      return new Outcome.NotApplicable("it needs two test images");
    }
    Batch raw = subject.test(2 * pairs);
    Values.Dense codes = codec.encode(subject.encode(raw).batch());
    int[] starts = new int[pairs];
    Arrays.setAll(starts, i -> 2 * i);
    Values conditions = raw.condition().select(starts);
    Values.Dense[] columns = new Values.Dense[settings.steps() + 2];
    columns[0] = raw.dense().select(starts);
    for (int step = 0; step < settings.steps(); step++) {
      double t = (double) step / (settings.steps() - 1);
      columns[1 + step] =
          subject.decode(codec.decode(between(codes, t, settings.path()), conditions));
    }
    columns[settings.steps() + 1] =
        raw.dense().select(Arrays.stream(starts).map(i -> i + 1).toArray());
    return new Outcome.Done(
        List.of(), List.of(new Outcome.Picture(form, columns.length, SideBySide.of(columns))));
  }

  /**
   * Codes between the first and the second, the third and the fourth, …
   *
   * @param t 0 at the first, 1 at the second
   */
  static Values.Dense between(Values.Dense codes, double t, Path path) {
    int width = codes.width();
    float[] z = codes.data();
    float[] way = new float[z.length / 2];
    for (int pair = 0; pair < codes.count() / 2; pair++) {
      int from = 2 * pair * width;
      double angle = path == Path.SPHERICAL ? angle(z, from, width) : 0;
      double first = angle == 0 ? 1 - t : Math.sin((1 - t) * angle) / Math.sin(angle);
      double second = angle == 0 ? t : Math.sin(t * angle) / Math.sin(angle);
      for (int k = 0; k < width; k++) {
        way[pair * width + k] = (float) (first * z[from + k] + second * z[from + width + k]);
      }
    }
    return new Values.Dense(codes.item(), way);
  }

  /** Between two codes, in (0, π); 0 where the great circle is not defined. */
  private static double angle(float[] z, int from, int width) {
    double aa = 0;
    double bb = 0;
    double ab = 0;
    for (int k = 0; k < width; k++) {
      double a = z[from + k];
      double b = z[from + width + k];
      aa += a * a;
      bb += b * b;
      ab += a * b;
    }
    double cosine = ab / Math.sqrt(aa * bb);
    return Math.abs(cosine) < 1 ? Math.acos(cosine) : 0;
  }
}
