package dev.assay.cli;

import java.util.ArrayList;
import java.util.List;

/** Columns of text, aligned by spaces. The first columns are aligned left, numbers right. */
final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final int left;

  /**
   * @param left how many columns, from the first, are aligned left
   */
  TextTable(int left, List<String> header) {
    this.left = left;
    rows.add(List.copyOf(header));
  }

  void add(List<String> row) {
    rows.add(List.copyOf(row));
  }

  /** Width of the widest line. */
  int width() {
    int width = 0;
    for (int column = 0; column < rows.getFirst().size(); column++) {
      width += width(column) + (column == 0 ? 0 : GAP.length());
    }
    return width;
  }

  /** Header, a rule, rows. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        String padding = " ".repeat(width(column) - cell.length());
        line.append(column == 0 ? "" : GAP);
        line.append(column < left ? cell + padding : padding + cell);
      }
      lines.add(line.toString().stripTrailing());
    }
    lines.add(1, "─".repeat(width()));
    return lines;
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
