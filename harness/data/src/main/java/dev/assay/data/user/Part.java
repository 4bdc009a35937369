package dev.assay.data.user;

import dev.assay.spi.Batch;
import dev.assay.spi.ConfigException;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import java.util.List;
import java.util.Optional;

/**
 * What one file or folder holds.
 *
 * @param x what each value is
 * @param classes class of each value, where it has them
 */
record Part(Modality x, Values values, Optional<Classes> classes) {
  /**
   * @param names names of the classes, by label
   */
  record Classes(List<String> names, Values.Labels labels) {}

  Batch batch() {
    return classes.map(c -> new Batch(values, c.labels())).orElseGet(() -> Batch.of(values));
  }

  DataSpec.Conditional spec() {
    Modality condition =
        classes.isPresent()
            ? new Modality.Label(classes.get().names().size())
            : new Modality.Nothing();
    return new DataSpec.Conditional(x, condition);
  }

  /**
   * This part with its labels numbered as in another.
   *
   * @param file name of this part's file
   * @throws ConfigException if the two are not of one form, or this one has a class of its own
   */
  Part numberedAs(Part train, String file) {
    if (!x.equals(train.x) || classes.isPresent() != train.classes.isPresent()) {
      throw new ConfigException(
          "test_path",
          "%s holds %s, but the training part holds %s".formatted(file, spec(), train.spec()),
          List.of());
    }
    if (classes.isEmpty() || train.classes.isEmpty()) {
      return this;
    }
    List<String> names = train.classes.get().names();
    Classes own = classes.get();
    for (String name : own.names()) {
      if (!names.contains(name)) {
        throw new ConfigException(
            "test_path",
            "%s has the class '%s', which the training part lacks".formatted(file, name),
            names);
      }
    }
    int[] label = own.names().stream().mapToInt(names::indexOf).toArray();
    int[] labels = own.labels().labels().clone();
    for (int i = 0; i < labels.length; i++) {
      labels[i] = label[labels[i]];
    }
    return new Part(x, values, Optional.of(new Classes(names, new Values.Labels(labels))));
  }
}
