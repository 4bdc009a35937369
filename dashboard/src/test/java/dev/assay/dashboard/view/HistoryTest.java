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
      List<History.Series> series = History.of(board(direction), values, List.of()).series();
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
    assertThat(History.of(board("lower"), values, List.of()).series().getFirst().changes())
        .isEmpty();
  }
}
