package dev.assay.selftest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rows of what was found, as CSV and as a Markdown table. */
final class Report {
  /**
   * @param verdict {@code ok}, {@code failed}, or empty where nothing is judged
   * @param note anything that helps to read the row
   */
  private record Row(
      String part, String name, String verdict, double value, String unit, String note) {}

  private final List<Row> rows = new ArrayList<>();
  private boolean failed;

  /** A judged row. */
  void judge(String part, String name, boolean good, double value, String unit, String note) {
    failed |= !good;
    rows.add(new Row(part, name, good ? "ok" : "failed", value, unit, note));
  }

  /** A measured row. */
  void measure(String part, String name, double value, String unit, String note) {
    rows.add(new Row(part, name, "", value, unit, note));
  }

  /** Whether a judged row was not good. */
  boolean failed() {
    return failed;
  }

  /** A header and a line per row. */
  String csv() {
    StringBuilder text = new StringBuilder("part,name,verdict,value,unit,note\n");
    for (Row row : rows) {
      text.append(row.part).append(',').append(quoted(row.name)).append(',').append(row.verdict);
      text.append(',').append(number(row.value)).append(',').append(row.unit).append(',');
      text.append(quoted(row.note)).append('\n');
    }
    return text.toString();
  }

  /** The facts of the backend, then a table of all rows. */
  String markdown(String title, Map<String, String> facts) {
    StringBuilder text = new StringBuilder("# ").append(title).append("\n\n");
    facts.forEach(
        (key, value) -> text.append("- ").append(key).append(": ").append(value).append('\n'));
    text.append("\n| part | name | | value | unit | note |\n|---|---|---|---:|---|---|\n");
    for (Row row : rows) {
      text.append("| ").append(row.part).append(" | ").append(row.name).append(" | ");
      text.append(row.verdict).append(" | ").append(number(row.value)).append(" | ");
      text.append(row.unit).append(" | ").append(oneLine(row.note)).append(" |\n");
    }
    return text.toString();
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4g", value);
  }

  private static String oneLine(String text) {
    return text.lines().findFirst().orElse("").replace("|", "\\|");
  }

  private static String quoted(String text) {
    return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n')
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
