package dev.assay.runner.task;

import dev.assay.spi.Batch;
import dev.assay.spi.LatentCodec;
import dev.assay.spi.Modality;
import dev.assay.spi.Param;
import dev.assay.spi.Values;
import java.util.List;

/** Test images, encoded and decoded. A row of the picture: five times truth beside result. */
record Reconstruction() implements Task<Reconstruction.Settings> {
  private static final int PICTURED = 50;
  private static final int COLUMNS = 10;

  record Settings(@Param(doc = "Test images.", value = "200", min = 1, max = 1e6) int images) {}

  @Override
  public String id() {
    return "reconstruction";
  }

  @Override
  public String summary() {
    return "test images through their codes and back; needs a model with codes (LatentCodec)";
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
    if (!(subject.model() instanceof LatentCodec codec)) {
      return new Outcome.NotApplicable("the model has no codes");
    }
    Batch raw = subject.test(settings.images());
    Values.Dense codes = codec.encode(subject.encode(raw).batch());
    Values.Dense results = subject.decode(codec.decode(codes, raw.condition()));
    int shown = Math.min(PICTURED, raw.count());
    Values.Dense pairs =
        SideBySide.of(
            (Values.Dense) raw.x().range(0, shown), (Values.Dense) results.range(0, shown));
    return new Outcome.Done(
        Errors.of(form, raw.dense(), results, _ -> true, "").values(),
        List.of(new Outcome.Picture(form, Math.min(COLUMNS, 2 * shown), pairs)));
  }
}
