package dev.assay.runner.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.spi.StepReport;
import dev.assay.store.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CurvesTest {
  @TempDir Path folder;

  @Test
  void everyStepIsShownAtFirstThenEverFewer() {
    assertThat(LongStream.rangeClosed(1, 100).filter(Curves::shows).count()).isEqualTo(100);
    assertThat(LongStream.rangeClosed(1, 1_000_000).filter(Curves::shows).count())
        .isBetween(500L, 1000L);
    assertThat(Curves.shows(102)).isTrue();
    assertThat(Curves.shows(103)).isFalse();
  }

  @Test
  void reopenedAtAStepLaterRowsAndATornLineAreDropped() throws Exception {
    RunFolder run = new RunFolder(folder);
    try (Curves curves = Curves.open(run, 0)) {
      for (int step = 1; step <= 5; step++) {
        curves.add(new Curves.Point(step, step * 4L, 0.5, "train.loss", 1.0 / step));
      }
    }
    Files.writeString(run.curves(), Files.readString(run.curves()) + "6,24,0.5,train.lo");
    try (Curves curves = Curves.open(run, 3)) {
      curves.add(new Curves.Point(4, 16, 0.6, "train.loss", 9));
    }
    assertThat(Files.readAllLines(run.curves()))
        .containsExactly(
            "step,examples,seconds,name,value",
            "1,4,0.5,train.loss,1.0",
            "2,8,0.5,train.loss,0.5",
            "3,12,0.5,train.loss," + 1.0 / 3,
            "4,16,0.6,train.loss,9.0");
  }

  @Test
  void averagesContinueAfterARestore() {
    Averages first = new Averages();
    first.add(new StepReport(1, 1, false, Map.of("kl", 4.0)));
    TensorState state = new TensorState();
    first.save(state);
    Averages second = new Averages();
    second.restore(state);
    second.add(new StepReport(2, 1, false, Map.of("kl", 8.0)));
    assertThat(second.take()).isEqualTo(Map.of("loss", 1.5, "kl", 6.0));
    assertThat(second.take()).isEmpty();
  }

  @Test
  void theMedianLeavesTheFirstTenthOut() {
    LatestUpdates times = new LatestUpdates();
    assertThat(times.median()).isEmpty();
    times.add(100);
    assertThat(times.median()).isEmpty();
    for (int i = 0; i < 19; i++) {
      times.add(i < 1 ? 100 : i);
    }
    // 20 durations: the first two are left out; of 1 … 18 the median is 9.5.
    assertThat(times.median()).isEqualTo(OptionalDouble.of(9.5));
    assertThat(times.least(21)).isEmpty();
    assertThat(times.least(20)).isEqualTo(OptionalDouble.of(1));
  }
}
