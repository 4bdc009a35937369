package dev.assay.cli;

import java.util.List;

/** The user asked for something that cannot be: exit code 2. */
final class UsageException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong
   * @param help lines that say what would be right
   */
  UsageException(String message, List<String> help) {
    super(help.isEmpty() ? message : message + "\n  " + String.join("\n  ", help));
  }
}
