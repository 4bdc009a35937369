package dev.assay.runner.task;

import dev.assay.spi.Batch;
import dev.assay.spi.Infiller;
import dev.assay.spi.Modality;
import dev.assay.spi.Observed;
import dev.assay.spi.Param;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;

/**
 * Test images of which a part is hidden, completed by the model. Errors are those of the hidden
 * numbers. A row of the picture: truth, what was shown, completions.
 */
record Inpainting() implements Task<Inpainting.Settings> {
  private static final int PICTURED = 10;

  record Settings(
      @Param(
              doc = "Which part is hidden; random is of each image's pixels on their own.",
              value = "bottom")
          Part hide,
      @Param(doc = "Share that is hidden.", value = "0.5", min = 0.01, max = 1) double share,
      @Param(doc = "Test images.", value = "50", min = 1, max = 10000) int images,
      @Param(doc = "Completions of each.", value = "3", min = 1, max = 100) int draws) {}

  enum Part {
    BOTTOM,
    TOP,
    LEFT,
    RIGHT,
    CENTRE,
    RANDOM
  }

  @Override
  public String id() {
    return "inpainting";
  }

  @Override
  public String summary() {
    return "hidden parts of test images; needs a model that completes (Infiller)";
  }

  @Override
  public List<String> numbers() {
    return List.of("rmse", "psnr");
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
    if (!(subject.model() instanceof Infiller<S> infiller)) {
      return new Outcome.NotApplicable("the model cannot complete what is partly known");
    }
    Batch raw = subject.test(settings.images());
    boolean[] hidden = hidden(settings, form, subject.random().child("hide"));
    Values.Dense seen = subject.encode(raw).batch().dense();
    boolean[] known = new boolean[seen.data().length];
    for (int i = 0; i < known.length; i++) {
      known[i] = !hidden[i % form.size()];
    }
    Observed observed = new Observed(seen, known);
    Values.Dense[] columns = new Values.Dense[2 + settings.draws()];
    columns[0] = raw.dense();
    columns[1] = shown(raw.dense(), known, form);
    float[] all = new float[settings.draws() * known.length];
    RandomStream streams = subject.random().child("draws");
    for (int draw = 0; draw < settings.draws(); draw++) {
      SampleRequest request =
          new SampleRequest(draw * raw.count(), raw.count(), raw.condition(), streams);
      columns[2 + draw] =
          subject.drawn(request, infiller.infill(request, observed, subject.sampler()));
      System.arraycopy(columns[2 + draw].data(), 0, all, draw * known.length, known.length);
    }
    Values.Dense completed = new Values.Dense(seen.item(), all);
    int rows = Math.min(PICTURED, raw.count());
    Values.Dense[] pictured =
        Arrays.stream(columns)
            .map(c -> (Values.Dense) c.range(0, rows))
            .toArray(Values.Dense[]::new);
    return new Outcome.Done(
        Errors.of(form, raw.dense(), completed, k -> hidden[k], "").values(),
        List.of(new Outcome.Picture(form, columns.length, SideBySide.of(pictured))));
  }

  /** What is hidden is grey. */
  private static Values.Dense shown(Values.Dense truth, boolean[] known, Modality.Image form) {
    float[] data = truth.data().clone();
    for (int i = 0; i < data.length; i++) {
      data[i] = known[i] ? data[i] : (form.levels() - 1) / 2f;
    }
    return new Values.Dense(truth.item(), data);
  }

  /** For each number of an image, whether it is hidden; all channels of a pixel alike. */
  static boolean[] hidden(Settings settings, Modality.Image form, RandomStream random) {
    int height = form.height();
    int width = form.width();
    double share = settings.share();
    double side = Math.sqrt(share);
    boolean[] hidden = new boolean[form.size()];
    for (int i = 0; i < hidden.length; i++) {
      int pixel = i / form.channels();
      double y = (pixel / width + 0.5) / height;
      double x = (pixel % width + 0.5) / width;
      hidden[i] =
          switch (settings.hide()) {
            case BOTTOM -> y > 1 - share;
            case TOP -> y < share;
            case LEFT -> x < share;
            case RIGHT -> x > 1 - share;
            case CENTRE -> Math.abs(y - 0.5) < side / 2 && Math.abs(x - 0.5) < side / 2;
            case RANDOM -> random.child(pixel).nextFloat() < share;
          };
    }
    return hidden;
  }
}
