package dev.assay.runner.task;

import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.LatentCodec;
import dev.assay.spi.Modality;
import dev.assay.spi.Param;
import dev.assay.spi.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Test images of two sets, each carried to the other set and back. Counted are the translations
 * whose nearest training example is of the set they were carried to, and the error of the way there
 * and back. A row of the picture: image, translation, way back, of the one set and of the other.
 */
record StyleTransfer() implements Task<StyleTransfer.Settings> {
  private static final int PICTURED = 10;

  record Settings(
      @Param(doc = "Test images of each set.", value = "100", min = 1, max = 10000) int images) {}

  @Override
  public String id() {
    return "style-transfer";
  }

  @Override
  public String summary() {
    return "images of two unpaired sets carried to the other set and back; needs a translator";
  }

  @Override
  public List<String> numbers() {
    return List.of("a-to-b", "b-to-a", "a-to-b-and-back.rmse", "b-to-a-and-back.rmse");
  }

  @Override
  public Class<Settings> settingsType() {
    return Settings.class;
  }

  @Override
  public <S extends Record> Outcome run(Settings settings, Subject<S> subject) {
    if (!(subject.data().card().spec() instanceof DataSpec.Unpaired
        && subject.x() instanceof Modality.Image form)) {
      return new Outcome.NotApplicable("the data are no two sets of images");
    }
    if (!(subject.model() instanceof LatentCodec codec)) {
      return new Outcome.NotApplicable("the model has no codes");
    }
    Batch test = subject.data().test();
    int[] sets = ((Values.Labels) test.condition()).labels();
    NearestClass judge = NearestClass.of(subject.data().train());
    List<Outcome.Value> values = new ArrayList<>();
    Values.Dense[] columns = new Values.Dense[6];
    int[][] chosen = {some(sets, 0, settings.images()), some(sets, 1, settings.images())};
    int shown = Math.min(PICTURED, Math.min(chosen[0].length, chosen[1].length));
    if (shown == 0) {
      return new Outcome.NotApplicable("the test examples are of one set only");
    }
    for (int set = 0; set < 2; set++) {
      Batch raw = test.select(chosen[set]);
      Batch encoded = subject.encode(raw).batch();
      Values.Dense codes = codec.encode(encoded);
      Values.Dense there = subject.decode(codes);
      Values.Dense back = subject.decode(codec.decode(codes, raw.condition()));
      int[] wanted = new int[raw.count()];
      Arrays.fill(wanted, 1 - set);
      String way = set == 0 ? "a-to-b" : "b-to-a";
      values.add(judge.accuracy(way, there, wanted));
      Errors.of(form, raw.dense(), back, _ -> true, "").values().stream()
          .filter(value -> value.name().equals("rmse"))
          .forEach(value -> values.add(value.named(way + "-and-back.rmse")));
      List<Values.Dense> images = List.of(raw.dense(), there, back);
      for (int i = 0; i < images.size(); i++) {
        columns[3 * set + i] = (Values.Dense) images.get(i).range(0, shown);
      }
    }
    return new Outcome.Done(
        values, List.of(new Outcome.Picture(form, columns.length, SideBySide.of(columns))));
  }

  /** Indices of the first examples of a set. */
  private static int[] some(int[] sets, int set, int count) {
    return IntStream.range(0, sets.length).filter(i -> sets[i] == set).limit(count).toArray();
  }
}
