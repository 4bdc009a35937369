package dev.assay.runner.task;

import dev.assay.spi.Modality;
import dev.assay.spi.Param;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;

/**
 * Samples of each class, and the share of them that look like their class: the class of the nearest
 * training example. A column of the picture shares its random numbers.
 */
record ClassSamples() implements Task<ClassSamples.Settings> {
  private static final int PICTURED = 10;

  record Settings(
      @Param(doc = "Samples of each class.", value = "20", min = 1, max = 10000) int each) {}

  @Override
  public String id() {
    return "class-samples";
  }

  @Override
  public String summary() {
    return "samples of each class; needs labels, and a model that makes use of them";
  }

  @Override
  public List<String> numbers() {
    return List.of("accuracy");
  }

  @Override
  public Class<Settings> settingsType() {
    return Settings.class;
  }

  @Override
  public <S extends Record> Outcome run(Settings settings, Subject<S> subject) {
    if (!(subject.data().spec().condition() instanceof Modality.Label(int classes))) {
      return new Outcome.NotApplicable("these data have no labels");
    }
    if (!(subject.data().train().x() instanceof Values.Dense)) {
      return new Outcome.NotApplicable("only images and tables have near neighbours");
    }
    if (!subject.heedsLabels(classes)) {
      return new Outcome.NotApplicable("its samples do not depend on the label");
    }
    Values.Dense[] samples = new Values.Dense[classes];
    RandomStream streams = subject.random().child("draws");
    for (int label = 0; label < classes; label++) {
      int[] labels = new int[settings.each()];
      Arrays.fill(labels, label);
      samples[label] = subject.sample(new Values.Labels(labels), streams);
    }
    return outcome(settings, subject, samples);
  }

  private static Outcome outcome(Settings settings, Subject<?> subject, Values.Dense[] samples) {
    int[] wanted = new int[samples.length * settings.each()];
    Arrays.setAll(wanted, i -> i % samples.length);
    Outcome.Value accuracy =
        NearestClass.of(subject.data().train())
            .accuracy("accuracy", SideBySide.of(samples), wanted);
    if (!(subject.x() instanceof Modality.Image form)) {
      return new Outcome.Done(List.of(accuracy), List.of());
    }
    int shown = Math.min(PICTURED, settings.each());
    float[] data = new float[samples.length * shown * form.size()];
    for (int label = 0; label < samples.length; label++) {
      int length = shown * form.size();
      System.arraycopy(samples[label].data(), 0, data, label * length, length);
    }
    Values.Dense images = new Values.Dense(samples[0].item(), data);
    return new Outcome.Done(List.of(accuracy), List.of(new Outcome.Picture(form, shown, images)));
  }
}
