package dev.assay.runner.yaml;

/**
 * Something wrong in a text.
 *
 * @param message what, with the value
 * @param help what to write instead
 */
public record Problem(Mark mark, String message, String help) {
  private static final int WIDEST = 160;

  /** As compilers show it: place and message, the line with carets below the fault, the help. */
  public String show() {
    String number = String.valueOf(mark.line());
    String margin = " ".repeat(number.length());
    StringBuilder text = new StringBuilder();
    text.append(mark).append(": error: ").append(message).append('\n');
    String line = mark.source().line(mark.line());
    int from = mark.column() <= WIDEST - 40 ? 0 : mark.column() - 40;
    String shown = from >= line.length() ? "" : line.substring(from);
    if (shown.length() > WIDEST) {
      shown = shown.substring(0, WIDEST);
    }
    if (!line.isBlank()) {
      int column = mark.column() - 1 - from;
      int length = Math.clamp((long) shown.length() - column, 1, mark.length());
      text.append(' ').append(number).append(" | ").append(clean(shown)).append('\n');
      text.append(' ').append(margin).append(" | ").append(" ".repeat(column));
      text.append("^".repeat(length)).append('\n');
    }
    return text.append(' ').append(margin).append(" = ").append(help).append('\n').toString();
  }

  /** One column a character, so that the carets stand below what they mean. */
  private static String clean(String line) {
    StringBuilder text = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      text.append(c == '\t' ? ' ' : Character.isISOControl(c) || c == '\uFEFF' ? '\uFFFD' : c);
    }
    return text.toString();
  }
}
