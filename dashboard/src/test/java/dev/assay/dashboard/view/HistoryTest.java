package dev.assay.dashboard.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.dashboard.index.BoardValue;
import dev.assay.dashboard.index.RunRow;
import dev.assay.store.Role;
import dev.assay.store.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HistoryTest {
  private static final int COMMITS = 12;

  private static BoardSummary board(String direction) {
    return new BoardSummary(
        "b", "digits", "nll", "exact/mass", "exact", "mass", "nats", direction, "v1", 1, COMMITS);
  }

  private static BoardValue value(String model, int commit, long seed, double value) {
    RunRow run =
        new RunRow(
            model + commit + seed,
            "",
            "study",
            RunStatus.DONE,
            "",
            model,
            "",
            "family",
            "digits",
            "test",
            "cpu",
            "cpu",
            "fp32",
            seed,
            1,
            100,
            100,
            1,
            "2026-01-%02dT00:00:00Z".formatted(1 + commit),
            null,
            "commit" + commit,
            "folder",
            "study/" + model + commit + seed,
            model,
            "",
            Role.MODEL);
    return new BoardValue(run, "", value, null, null, 1, true, 0, false, List.of(), null);
  }

  /** Two seeds of each of some commits, whose mean goes from 5 to 6 at commit 6. */
  private static List<BoardValue> series(String model, IntStream commits) {
    List<BoardValue> values = new ArrayList<>();
    commits.forEach(commit -> {
      double level = (commit < 6 ? 5 : 6) + 0.01 * (commit % 3);
      values.add(value(model, commit, 1, level - 0.5));
      values.add(value(model, commit, 2, level + 0.5));
    });
    return values;
  }

  @Test
  void aChangeOfTheMeanOverSeedsIsFoundAtItsCommit() {
    List<BoardValue> values = series("whole", IntStream.range(0, COMMITS));
    values.addAll(series("gaps", IntStream.of(0, 1, 2, 3, 5, 7, 8, 9, 10, 11)));
    for (String direction : List.of("lower", "higher", "none")) {
      Boolean better =
          direction.equals("none") ? null : Boolean.valueOf(direction.equals("higher"));
      List<History.Series> series =
          History.of(board(direction), values, List.of(), new KeptChanges()).series();
      assertThat(series).extracting(History.Series::model).containsExactly("whole", "gaps");
      assertThat(series.get(0).changes()).extracting(History.Change::at).containsExactly(6);
      assertThat(series.get(1).changes()).extracting(History.Change::at).containsExactly(7);
      assertThat(series)
          .flatExtracting(History.Series::changes)
          .extracting(History.Change::better)
          .containsExactly(better, better);
    }
  }

  @Test
  void fewCommitsTellOfNoChange() {
    List<BoardValue> values = series("short", IntStream.range(2, 11));
    assertThat(
            History.of(board("lower"), values, List.of(), new KeptChanges())
                .series()
                .getFirst()
                .changes())
        .isEmpty();
  }

  @Test
  void changesAreThoseOfTheValuesAtHandWhateverWasAskedBefore() {
    KeptChanges kept = new KeptChanges();
    List<BoardValue> values = series("whole", IntStream.range(0, COMMITS));
    values.addAll(series("late", IntStream.range(1, COMMITS)));
    History.of(board("lower"), values, List.of(), kept);
    // the search leaves the first commit out, and so the same change stands one place earlier
    List<History.Series> found = History.of(board("lower"), values, List.of("late"), kept).series();
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().changes()).extracting(History.Change::at).containsExactly(5);
    // a series of the same name and length, at one level
    List<BoardValue> level = new ArrayList<>();
    IntStream.range(0, COMMITS).forEach(commit -> level.add(value("whole", commit, 1, 5)));
    assertThat(History.of(board("lower"), level, List.of(), kept).series().getFirst().changes())
        .isEmpty();
    double[] series = {1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2};
    assertThat(kept.of("x", series)).isSameAs(kept.of("x", series.clone()));
  }
}
