package dev.assay.runner.yaml;

/**
 * A place in a text.
 *
 * @param line from 1
 * @param column from 1, in UTF-16 units
 * @param length of what stands there on this line, at least 1
 */
public record Mark(Source source, int line, int column, int length) {
  /** The part of this place that starts {@code offset} further on. */
  public Mark part(int offset, int length) {
    return new Mark(source, line, column + offset, Math.max(1, length));
  }

  /** {@code file:line:column}. */
  @Override
  public String toString() {
    return source.name() + ":" + line + ":" + column;
  }
}
