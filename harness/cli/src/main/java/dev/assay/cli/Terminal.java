package dev.assay.cli;

import java.util.Map;

/** What the terminal can show. */
final class Terminal {
  private Terminal() {}

  /** Whether to use colour: on a terminal that can, unless NO_COLOR is set (no-color.org). */
  static boolean hasColour() {
    return hasColour(TerminalWidth.isTerminal(), System.getenv());
  }

  static boolean hasColour(boolean interactive, Map<String, String> environment) {
    return interactive
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }

  /** The words {@code error} and the carets of a message in red. */
  static String coloured(String message) {
    return message
        .replaceAll("(?m)^(\\S*:\\d+:\\d+: )error: ", "\033[1m$1\033[31merror:\033[0m ")
        .replaceAll("(?m)^( +\\| +)(\\^+)$", "$1\033[31m$2\033[0m");
  }
}
