package dev.assay.runner.task;

import dev.assay.spi.Batch;
import dev.assay.spi.Modality;
import dev.assay.spi.Param;
import dev.assay.spi.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Train on synthetic, test on real: a classifier learns from training images, from samples of the
 * same labels, or from both, and tells the classes of the test images. Esteban et al. 2017, §4.2;
 * Ravuri and Vinyals 2019, whose classification accuracy score is that of the samples alone.
 */
record Augmentation() implements Task<Augmentation.Settings> {
  record Settings(
      @Param(
              doc = "Training images, spread evenly over the classes; and as many samples.",
              value = "2000",
              min = 20,
              max = 1e6)
          int examples) {}

  @Override
  public String id() {
    return "augmentation";
  }

  @Override
  public String summary() {
    return "a classifier trained on real images, on samples, on both, and tested on real ones;"
        + " needs labels, and a model that makes use of them";
  }

  @Override
  public List<String> numbers() {
    return List.of("real", "synthetic", "both");
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
    if (!(subject.x() instanceof Modality.Image)) {
      return new Outcome.NotApplicable("it needs images; for tables there is the metric tstr");
    }
    if (!subject.heedsLabels(classes)) {
      return new Outcome.NotApplicable("its samples do not depend on the label");
    }
    Optional<String> judge = subject.classifiers().kind();
    if (judge.isEmpty()) {
      return new Outcome.NotApplicable("no classifier suits these data");
    }
    Batch real = Spread.of(subject.data().train(), settings.examples());
    Batch synthetic =
        new Batch(
            subject.sample(real.condition(), subject.random().child("draws")), real.condition());
    List<Batch> sets = List.of(real, synthetic, both(real, synthetic));
    List<Outcome.Value> values = new ArrayList<>();
    for (int i = 0; i < sets.size(); i++) {
      values.add(
          Shares.value(
              numbers().get(i),
              subject.classifiers().accuracy(sets.get(i)),
              subject.data().test().count(),
              "judge:" + judge.get() + "|train:" + sets.get(i).count()));
    }
    return new Outcome.Done(values, List.of());
  }

  /** The images of two sets of the same labels, in turn. */
  static Batch both(Batch a, Batch b) {
    int[] labels = new int[2 * a.count()];
    Arrays.setAll(labels, i -> ((Values.Labels) a.condition()).labels()[i / 2]);
    return new Batch(SideBySide.of(a.dense(), b.dense()), new Values.Labels(labels));
  }
}
