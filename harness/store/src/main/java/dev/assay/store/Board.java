package dev.assay.store;

import dev.assay.statistics.PRange;
import dev.assay.statistics.RankGroups;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Numbers of one experiment that mean the same. */
final class Board {
  /** Experiment, then what the numbers mean. */
  record Id(String experiment, ComparabilityKey key) {
    static final Comparator<Id> ORDER =
        Comparator.comparing(Id::experiment).thenComparing(Id::key, ComparabilityKey.ORDER);
  }

  private final Id id;
  private final Map<Entrant, Contender> contenders = new LinkedHashMap<>();

  Board(Id id) {
    this.id = id;
  }

  /** What is known of one entrant here. */
  private static final class Contender {
    private final List<Score.Seeded> values = new ArrayList<>();
    private Role role = Role.MODEL;
    private @Nullable String flag;
  }

  void add(RunRecord record, MetricRow row) {
    Contender contender =
        contenders.computeIfAbsent(Entrant.of(record, row.sampler()), e -> new Contender());
    contender.values.add(new Score.Seeded(record.subject().trainSeed(), row));
    contender.role = record.role();
    record.flag(row).ifPresent(flag -> contender.flag = flag.reason());
  }

  /**
   * The rows, the best first.
   *
   * @param failures seeds without a number, by entrant without its sampler
   */
  List<Leaderboard.Row> rows(Map<Entrant, Integer> failures) {
    List<Score> scores = new ArrayList<>();
    contenders.forEach((entrant, contender) ->
        scores.add(
            Score.of(
                entrant, contender.values, failures.getOrDefault(entrant.withoutSampler(), 0))));
    Comparator<Score> better = Comparator.comparingDouble(Score::mean);
    scores.sort(
        Comparator.comparing((Score s) -> s.failed() > 0)
            .thenComparing(isHigherBetter() ? better.reversed() : better)
            .thenComparing(s -> s.entrant().toString()));
    Scale scale = scale(scores);
    List<Leaderboard.Row> rows = new ArrayList<>();
    List<Score> ranked = scores.stream().filter(this::isRanked).toList();
    PRange range = RankGroups.range(Math.max(2, ranked.size()));
    int[] ranks = RankGroups.of(ranked.size(), (i, j) -> ranked.get(i).p(ranked.get(j), range));
    int next = 0;
    for (Score score : scores) {
      @Nullable Integer rank = isRanked(score) ? Integer.valueOf(ranks[next++]) : null;
      rows.add(row(score, contender(score), scale.of(score.mean()), rank));
    }
    return rows;
  }

  private boolean isRanked(Score score) {
    Contender contender = contender(score);
    return contender.role == Role.MODEL && contender.flag == null && isOrdered();
  }

  private boolean isOrdered() {
    return !id.key().direction().equals("none");
  }

  private boolean isHigherBetter() {
    return id.key().direction().equals("higher");
  }

  private Contender contender(Score score) {
    Contender contender = contenders.get(score.entrant());
    if (contender == null) {
      throw new IllegalStateException("no entrant of this board: " + score.entrant());
    }
    return contender;
  }

  /** The places of both references; NaN where there is no order between them. */
  private record Scale(double floor, double attainable) {
    /** Added to −0 it gives 0. */
    private static final double POSITIVE_ZERO = 0.0;

    @Nullable Double of(double value) {
      double part = (value - floor) / (attainable - floor);
      return Double.isFinite(part) ? Double.valueOf(part + POSITIVE_ZERO) : null;
    }
  }

  private Scale scale(List<Score> scores) {
    OptionalDouble floor = reference(scores, Role.FLOOR);
    OptionalDouble attainable = reference(scores, Role.ATTAINABLE);
    if (floor.isEmpty() || attainable.isEmpty() || !isOrdered()) {
      return new Scale(Double.NaN, Double.NaN);
    }
    double gain = attainable.getAsDouble() - floor.getAsDouble();
    return (isHigherBetter() ? gain : -gain) > 0
        ? new Scale(floor.getAsDouble(), attainable.getAsDouble())
        : new Scale(Double.NaN, Double.NaN);
  }

  private OptionalDouble reference(List<Score> scores, Role role) {
    return scores.stream()
        .filter(score -> contender(score).role == role)
        .mapToDouble(Score::mean)
        .findFirst();
  }

  private Leaderboard.Row row(
      Score score, Contender contender, @Nullable Double normalised, @Nullable Integer rank) {
    Entrant entrant = score.entrant();
    ComparabilityKey key = id.key();
    @Nullable Double sd = score.sd();
    return new Leaderboard.Row(
        id.experiment(),
        key.dataset(),
        entrant.model(),
        (entrant.params() + " " + entrant.sampler()).strip(),
        entrant.backend(),
        entrant.precision(),
        key.metric(),
        key.kind(),
        key.direction(),
        key.unit(),
        key.signature(),
        score.mean(),
        sd,
        sd == null ? null : Double.valueOf(score.low()),
        sd == null ? null : Double.valueOf(score.high()),
        score.seeds(),
        score.failed(),
        contender.role,
        contender.flag,
        normalised,
        rank);
  }
}
