package dev.assay.runner.task;

import dev.assay.spi.Batch;
import dev.assay.spi.Modality;
import dev.assay.spi.Param;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.List;

/**
 * Images under images: super-resolution and edits of intensity, as {@code
 * data.preprocess.condition} makes them. A row of the picture: condition, samples, truth.
 */
record ImageToImage() implements Task<ImageToImage.Settings> {
  private static final int PICTURED = 10;

  record Settings(
      @Param(doc = "Test images.", value = "50", min = 1, max = 10000) int images,
      @Param(doc = "Samples of each.", value = "3", min = 1, max = 100) int draws) {}

  @Override
  public String id() {
    return "image-to-image";
  }

  @Override
  public String summary() {
    return "images under images, such as super-resolution; needs images as conditions";
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
    if (!(subject.x() instanceof Modality.Image form
        && subject.data().spec().condition() instanceof Modality.Image given)) {
      return new Outcome.NotApplicable("the data have no images as conditions");
    }
    Batch raw = subject.test(settings.images());
    int rows = Math.min(PICTURED, raw.count());
    float[] all = new float[settings.draws() * raw.count() * form.size()];
    Values.Dense[] columns = new Values.Dense[settings.draws() + 2];
    columns[0] = enlarged((Values.Dense) raw.condition().range(0, rows), given, form);
    RandomStream streams = subject.random().child("draws");
    for (int draw = 0; draw < settings.draws(); draw++) {
      Values.Dense samples = subject.sample(raw.condition(), streams.child(draw));
      System.arraycopy(samples.data(), 0, all, draw * samples.data().length, samples.data().length);
      columns[1 + draw] = (Values.Dense) samples.range(0, rows);
    }
    columns[settings.draws() + 1] = (Values.Dense) raw.x().range(0, rows);
    Values.Dense samples = new Values.Dense(raw.dense().item(), all);
    return new Outcome.Done(
        Errors.of(form, raw.dense(), samples, _ -> true, "").values(),
        List.of(new Outcome.Picture(form, columns.length, SideBySide.of(columns))));
  }

  /** Conditions at the size and levels of x, each pixel a block. */
  private static Values.Dense enlarged(
      Values.Dense conditions, Modality.Image given, Modality.Image form) {
    float[] data = new float[conditions.count() * form.size()];
    float scale = (form.levels() - 1f) / (given.levels() - 1f);
    for (int i = 0; i < data.length; i++) {
      int at = i % form.size();
      int pixel = at / form.channels();
      int y = pixel / form.width() * given.height() / form.height();
      int x = pixel % form.width() * given.width() / form.width();
      int channel = Math.min(at % form.channels(), given.channels() - 1);
      int from = (y * given.width() + x) * given.channels() + channel;
      data[i] = scale * conditions.data()[i / form.size() * given.size() + from];
    }
    return new Values.Dense(Shape.of(form.height(), form.width(), form.channels()), data);
  }
}
