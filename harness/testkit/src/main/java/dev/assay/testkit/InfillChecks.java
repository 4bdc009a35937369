package dev.assay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.spi.Modality;
import dev.assay.spi.Observed;
import dev.assay.spi.Values;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/** Whether completions keep what is known, and are values of the data. */
final class InfillChecks {
  private static final int COUNT = 7;

  private InfillChecks() {}

  /** Completes training examples of which nothing, a part, or everything is known. */
  static void run(Trial<?, ?> trial, Modality modality) {
    Values.Dense x = (Values.Dense) trial.train().x().range(0, COUNT);
    parts(x.width())
        .forEach((name, known) -> {
          boolean[] marks = new boolean[x.data().length];
          for (int i = 0; i < marks.length; i++) {
            marks[i] = known.test(i % x.width());
          }
          Values.Dense completed = trial.infill(0, new Observed(hidden(x, marks), marks));
          kept(x, marks, completed, name);
          if (modality instanceof Modality.Image image && levels(x, image)) {
            assertThat(levels(completed, image)).as("%s: only levels of the image", name).isTrue();
          }
          alone(trial, x, marks, completed, name);
        });
  }

  private static Map<String, IntPredicate> parts(int width) {
    Map<String, IntPredicate> parts = new LinkedHashMap<>();
    parts.put("nothing", _ -> false);
    parts.put("the first half", i -> i < width / 2);
    parts.put("the last half", i -> i >= width / 2);
    parts.put("all but the first", i -> i > 0);
    parts.put("everything", _ -> true);
    return parts;
  }

  /** What is unknown is replaced by what no data holds, since no model may read it. */
  private static Values.Dense hidden(Values.Dense x, boolean[] marks) {
    float[] data = x.data().clone();
    for (int i = 0; i < data.length; i++) {
      data[i] = marks[i] ? data[i] : Float.NaN;
    }
    return new Values.Dense(x.item(), data);
  }

  private static void kept(Values.Dense x, boolean[] marks, Values.Dense completed, String name) {
    assertThat(completed.item()).as("%s: shape", name).isEqualTo(x.item());
    assertThat(completed.data()).as("%s known: numbers", name).hasSameSizeAs(x.data());
    for (int i = 0; i < marks.length; i++) {
      assertThat(completed.data()[i]).as("%s known: is a number, %d", name, i).isFinite();
      if (marks[i]) {
        assertThat(completed.data()[i]).as("%s known: number %d", name, i).isEqualTo(x.data()[i]);
      }
    }
  }

  /** One value alone is completed as it is among others. */
  private static void alone(
      Trial<?, ?> trial, Values.Dense x, boolean[] marks, Values.Dense completed, String name) {
    int width = x.width();
    for (int i = 0; i < COUNT; i++) {
      boolean[] own = Arrays.copyOfRange(marks, i * width, (i + 1) * width);
      Values.Dense single = (Values.Dense) x.range(i, i + 1);
      LikelihoodChecks.close(
          completed.range(i, i + 1),
          trial.infill(i, new Observed(hidden(single, own), own)),
          name + ": completion " + i);
    }
  }

  private static boolean levels(Values.Dense x, Modality.Image image) {
    for (float value : x.data()) {
      if (value != Math.rint(value) || value < 0 || value >= image.levels()) {
        return false;
      }
    }
    return true;
  }
}
