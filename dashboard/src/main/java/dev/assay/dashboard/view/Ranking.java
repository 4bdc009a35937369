package dev.assay.dashboard.view;

import dev.assay.dashboard.index.BoardValue;
import dev.assay.dashboard.index.Measure;
import dev.assay.dashboard.index.Names;
import dev.assay.dashboard.index.RunRow;
import dev.assay.store.Flag;
import dev.assay.store.Leaderboard;
import dev.assay.store.MetricRow;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the rows of a board from the numbers on it; the ranks are the store's. */
final class Ranking {
  /** The latest first; what tells no time is older than what does. */
  private static final Comparator<BoardValue> LATEST_FIRST =
      Comparator.comparing(
              (BoardValue value) -> value.run().started(),
              Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(value -> value.run().id())
          .reversed();

  private final BoardSummary board;

  private Ranking(BoardSummary board) {
    this.board = board;
  }

  /** Values of one entrant and sampler, one for each seed. */
  private record Group(String id, String entrant, String sampler, List<BoardValue> seeds) {}

  /**
   * The rows, the best first, reference rows last.
   *
   * @param failures runs without a number, by entrant
   */
  static List<BoardRow> rows(
      BoardSummary board, List<BoardValue> values, Map<String, List<RunRow>> failures) {
    return new Ranking(board).rows(values, failures);
  }

  private List<BoardRow> rows(List<BoardValue> values, Map<String, List<RunRow>> failures) {
    Map<String, Group> groups = new LinkedHashMap<>();
    groups(values).forEach(group -> groups.put(group.id(), group));
    List<RunRecord> records = new ArrayList<>();
    List<BoardRow> references = new ArrayList<>();
    for (Group group : groups.values()) {
      if (group.seeds().getFirst().run().role().isReference()) {
        references.addAll(reference(group));
      } else {
        group.seeds().forEach(seed -> records.add(record(group, seed)));
        failed(group, failures).forEach(run -> records.add(failure(group, run)));
      }
    }
    List<BoardRow> rows = new ArrayList<>();
    for (Leaderboard.Row row : Leaderboard.of(records)) {
      Group group = Objects.requireNonNull(groups.get(Names.row(row.model(), row.params())));
      rows.add(row(group, row, row.rank()));
    }
    rows.addAll(references);
    return rows;
  }

  /** An entrant's runs of its latest version, the latest of each seed. */
  private List<Group> groups(List<BoardValue> values) {
    Map<String, List<BoardValue>> byRow = new LinkedHashMap<>();
    for (BoardValue value : values) {
      if (value.current()) {
        byRow
            .computeIfAbsent(
                Names.row(value.run().entrant(), value.sampler().strip()), r -> new ArrayList<>())
            .add(value);
      }
    }
    List<Group> groups = new ArrayList<>();
    byRow.forEach((id, all) -> {
      all.sort(LATEST_FIRST);
      BoardValue latest = all.getFirst();
      Map<List<Long>, BoardValue> seeds = new LinkedHashMap<>();
      for (BoardValue value : all) {
        if (value.run().variant().equals(latest.run().variant())) {
          seeds.putIfAbsent(List.of(value.run().trainSeed(), value.run().sampleSeed()), value);
        }
      }
      List<BoardValue> ordered = new ArrayList<>(seeds.values());
      ordered.sort(
          Comparator.comparingLong((BoardValue v) -> v.run().trainSeed())
              .thenComparing(v -> v.run().id()));
      groups.add(new Group(id, latest.run().entrant(), latest.sampler().strip(), ordered));
    });
    return groups;
  }

  private static List<RunRow> failed(Group group, Map<String, List<RunRow>> failures) {
    String variant = group.seeds().getFirst().run().variant();
    return failures.getOrDefault(group.entrant(), List.of()).stream()
        .filter(run -> run.variant().equals(variant))
        .toList();
  }

  private List<BoardRow> reference(Group group) {
    List<RunRecord> records = group.seeds().stream().map(seed -> record(group, seed)).toList();
    return Leaderboard.of(records).stream().map(row -> row(group, row, null)).toList();
  }

  private RunRecord record(Group group, BoardValue value) {
    MetricRow metric =
        new MetricRow(
            group.sampler(),
            board.metric(),
            board.kind(),
            board.direction(),
            value.value(),
            value.low(),
            value.high(),
            value.n(),
            board.unit(),
            board.signature());
    RunRecord record = record(group, value.run(), RunStatus.DONE, List.of(metric));
    String flag = value.flag();
    return flag == null
        ? record
        : record.withFlags(List.of(new Flag(group.sampler(), board.metric(), flag)));
  }

  private RunRecord failure(Group group, RunRow run) {
    return record(group, run, RunStatus.FAILED, List.of());
  }

  /** Rows of all experiments stand on one board, so the entrant's id stands for all its names. */
  private RunRecord record(Group group, RunRow run, RunStatus status, List<MetricRow> metrics) {
    return new RunRecord(
        RunRecord.SCHEMA,
        run.id(),
        "",
        "",
        status,
        "",
        new RunRecord.Subject(
            group.entrant(),
            "",
            board.dataset(),
            "",
            "",
            "",
            "",
            run.trainSeed(),
            run.sampleSeed(),
            ""),
        RunRecord.Progress.none(),
        metrics,
        Map.of(),
        Map.of(),
        Map.of());
  }

  private BoardRow row(Group group, Leaderboard.Row ranked, @Nullable Integer rank) {
    BoardValue first = group.seeds().getFirst();
    RunRow run = first.run();
    boolean single = group.seeds().size() == 1;
    return new BoardRow(
        group.id(),
        rank,
        run.role().isReference() ? run.role().name().toLowerCase(Locale.ROOT) : null,
        run.model(),
        run.params(),
        group.sampler(),
        run.family(),
        run.backend(),
        run.device(),
        run.precision(),
        run.experiment(),
        ranked.mean(),
        ranked.sd(),
        single ? first.low() : ranked.low(),
        single ? first.high() : ranked.high(),
        ranked.seeds(),
        ranked.failed(),
        first.n(),
        flags(group, ranked.failed()),
        measures(group.seeds()),
        group.seeds().stream()
            .map(s ->
                new BoardRow.Seed(s.run().id(), s.run().trainSeed(), s.value(), s.low(), s.high()))
            .toList());
  }

  private static List<BoardRow.Flag> flags(Group group, int failed) {
    List<BoardRow.Flag> flags = new ArrayList<>();
    group.seeds().stream()
        .map(BoardValue::flag)
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(
            reason -> flags.add(new BoardRow.Flag("unranked", "unranked because " + reason)));
    if (failed > 0) {
      flags.add(
          new BoardRow.Flag(
              "failed-seeds",
              failed + " of " + (failed + group.seeds().size()) + " seeds gave no number"));
    }
    if (group.seeds().stream().anyMatch(BoardValue::dirty)) {
      flags.add(
          new BoardRow.Flag("uncommitted", "made from code with changes that no commit holds"));
    }
    if (group.seeds().stream().anyMatch(seed -> seed.resumed() > 0)) {
      flags.add(new BoardRow.Flag("resumed", "training went on from a checkpoint"));
    }
    return flags;
  }

  private static Map<String, @Nullable Double> measures(List<BoardValue> seeds) {
    Map<String, @Nullable Double> means = new LinkedHashMap<>();
    for (Measure measure : Measure.values()) {
      double[] values =
          seeds.stream()
              .map(seed -> seed.measures().get(measure.ordinal()))
              .filter(Objects::nonNull)
              .mapToDouble(Double::doubleValue)
              .toArray();
      means.put(
          measure.key(), values.length == 0 ? null : Arrays.stream(values).average().orElseThrow());
    }
    return means;
  }
}
