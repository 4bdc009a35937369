package dev.assay.cli;

import java.util.List;
import java.util.stream.Collectors;

/** A command for the user to type. */
final class ShellCommand {
  private ShellCommand() {}

  /**
   * This program with arguments, called as it was called this time, quoted for a POSIX shell.
   *
   * @param arguments such as {@code run}, {@code my file.yaml}
   */
  static String of(List<String> arguments) {
    String program = System.getProperty("assay.command", "assay");
    return quote(program)
        + arguments.stream().map(a -> " " + quote(a)).collect(Collectors.joining());
  }

  private static String quote(String word) {
    return word.matches("[\\w@%+=:,./~-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
