package dev.assay.dashboard.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A selection of runs as a condition on {@code assay_run r}.
 *
 * @param values of the condition's parameters
 */
record RunSearch(String where, List<String> values, String order) {
  /** Columns that runs may be filtered by, by their name in the API. */
  private static final Map<String, String> FILTERS =
      Map.of(
          "status", "r.status",
          "dataset", "r.dataset",
          "model", "r.model",
          "family", "r.family",
          "backend", "r.backend",
          "precision", "r.precision_",
          "experiment", "r.experiment");

  /** Orders of runs, by their name in the API. */
  private static final Map<String, String> ORDERS =
      Map.of(
          "updated", "r.updated",
          "started", "r.started",
          "model", "r.model",
          "dataset", "r.dataset",
          "experiment", "r.experiment",
          "status", "r.status",
          "seconds", "r.seconds");

  static RunSearch of(Index.Selection selection) {
    StringBuilder where = new StringBuilder("1 = 1");
    List<String> values = new ArrayList<>();
    selection
        .filters()
        .forEach((name, value) -> {
          where.append(" AND ").append(column(name)).append(" = ?");
          values.add(value);
        });
    for (String word : selection.words()) {
      where.append(" AND r.words LIKE ? ESCAPE '!'");
      values.add("%" + escaped(word) + "%");
    }
    return new RunSearch(where.toString(), values, order(selection));
  }

  /** The column of a filter. */
  static String column(String filter) {
    return Objects.requireNonNull(FILTERS.get(filter), filter);
  }

  /** Every run has a time of its last change, so that its index alone orders them. */
  private static String order(Index.Selection selection) {
    String column = ORDERS.getOrDefault(selection.sort(), "r.updated");
    String nullsLast = column.equals("r.updated") ? "" : column + " IS NULL, ";
    return nullsLast + column + (selection.descending() ? " DESC" : " ASC") + ", r.id";
  }

  /** The condition with its order, cut to a page. */
  String page(int offset, int limit) {
    return where + " ORDER BY " + order + " LIMIT " + limit + " OFFSET " + offset;
  }

  private static String escaped(String word) {
    return word.toLowerCase(Locale.ROOT).replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }
}
