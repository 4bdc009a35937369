package dev.assay.dashboard.index;

import dev.assay.store.Digests;
import dev.assay.store.MetricRow;
import dev.assay.store.RunRecord;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Ids that follow from content alone, so that addresses stay good when the index is rebuilt. */
public final class Names {
  private static final int DIGITS = 16;
  private static final int PLACE_DIGITS = 6;

  /** Keys sorted, no spaces: equal values have equal texts. */
  private static final JsonMapper CANONICAL =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private Names() {}

  /** A board: a dataset and what makes numbers comparable. */
  public static String board(String dataset, MetricRow metric) {
    return hash(
        List.of(
            dataset,
            metric.metric(),
            metric.kind(),
            metric.unit(),
            metric.direction(),
            metric.signature()));
  }

  /** What stays when the seed is left out: a row of a board, but for its sampler. */
  public static String entrant(RunRecord record) {
    RunRecord.Subject s = record.subject();
    return hash(
        List.of(
            record.experiment(), s.dataset(), s.model(), s.params(), s.backend(), s.precision()));
  }

  /** A row of a board. */
  public static String row(String entrant, String sampler) {
    return hash(List.of(entrant, sampler));
  }

  /** All that determines a run but its seed; empty where that is unknown. */
  public static String variant(RunRecord record) {
    if (record.config().isEmpty()) {
      return "";
    }
    Map<String, Object> config = new TreeMap<>(record.config());
    config.remove("seed");
    return hash(config);
  }

  /** The id that a run must have by its configuration. */
  public static String run(RunRecord record) {
    return hash(record.config());
  }

  /**
   * A run in a folder: the same run may lie in several.
   *
   * @param place of the store below the results folder
   */
  public static String id(String run, String place) {
    return run + "-" + Digests.ofText(place).substring(0, PLACE_DIGITS);
  }

  private static String hash(Object value) {
    return Digests.ofText(CANONICAL.writeValueAsString(value)).substring(0, DIGITS);
  }
}
