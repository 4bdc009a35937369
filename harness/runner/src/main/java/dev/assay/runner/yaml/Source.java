package dev.assay.runner.yaml;

import java.util.List;

/** A text that problems point into. */
public final class Source {
  private final String name;
  private final String text;
  private final List<String> lines;

  /** Whether some characters take two UTF-16 units, so that columns have to be counted. */
  private final boolean wide;

  Source(String name, String text) {
    this.name = name;
    this.text = text.replace("\r\n", "\n").replace('\r', '\n');
    this.lines = this.text.lines().toList();
    this.wide = text.chars().anyMatch(c -> Character.isSurrogate((char) c));
  }

  /** As problems show it: a file as the user named it, or {@code --set}. */
  public String name() {
    return name;
  }

  /** All of it, lines ended by line feeds. */
  String text() {
    return text;
  }

  /** Without their ends. */
  List<String> lines() {
    return lines;
  }

  /** A line as it stands; empty past the end. */
  String line(int number) {
    return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
  }

  /**
   * A place as the parser counts: line and column from 0, columns in code points.
   *
   * @param length in UTF-16 units
   */
  Mark mark(int line, int codePoints, int length) {
    if (line >= lines.size()) {
      return end();
    }
    String shown = line(line + 1);
    int offset =
        wide
            ? shown.offsetByCodePoints(
                0, Math.min(codePoints, shown.codePointCount(0, shown.length())))
            : codePoints;
    return new Mark(this, line + 1, offset + 1, length);
  }

  /** Just after the last character. */
  Mark end() {
    int last = Math.max(1, lines.size());
    return new Mark(this, last, line(last).length() + 1, 1);
  }
}
