package dev.assay.cli;

import dev.assay.runner.yaml.Suggestion;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The entry: arguments in, output and exit code out. */
public final class Main {
  private static final int HELP_WIDTH = 100;

  private Main() {}

  public static void main(String[] arguments) {
    try (PrintStream out = stream(FileDescriptor.out);
        PrintStream err = stream(FileDescriptor.err)) {
      int code = run(arguments, out, err);
      out.flush();
      err.flush();
      if (code != Exit.GOOD) {
        System.exit(code);
      }
    }
  }

  /** UTF-8 whatever the locale, so that the same text comes out everywhere. */
  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /**
   * Runs a command.
   *
   * @return the exit code: 0 all good, 1 a run failed, 2 bad usage or bad file, 3 inconclusive
   */
  public static int run(String[] arguments, PrintStream out, PrintStream err) {
    boolean colour = Terminal.hasColour();
    AssayCommand root = new AssayCommand();
    CommandLine line = AssayCommand.line(root);
    Commands.addTo(line, arguments, out);
    line.setExpandAtFiles(false)
        .setAbbreviatedOptionsAllowed(false)
        .setUsageHelpWidth(HELP_WIDTH)
        .setColorScheme(CommandLine.Help.defaultColorScheme(colour ? Ansi.ON : Ansi.OFF))
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler((e, _) -> usage(e, err))
        .setExecutionExceptionHandler(
            (e, _, _) -> new ErrorReport(err, colour, root.isDebug()).show(e));
    try {
      return line.execute(arguments);
    } catch (Throwable e) { // errors such as OutOfMemoryError and StackOverflowError
      return new ErrorReport(err, colour, root.isDebug()).show(e);
    }
  }

  private static int usage(ParameterException e, PrintStream err) {
    CommandLine command = e.getCommandLine();
    err.println(
        "assay: "
            + (e instanceof UnmatchedArgumentException unmatched
                ? unmatched(command, unmatched.getUnmatched().getFirst())
                : e.getMessage()));
    err.println("  see: " + command.getCommandSpec().qualifiedName() + " --help");
    return Exit.USAGE;
  }

  private static String unmatched(CommandLine command, String word) {
    if (word.startsWith("-")) {
      Set<String> options = command.getCommandSpec().optionsMap().keySet();
      return "there is no option '" + word + "'" + didYouMean(word, options);
    }
    Set<String> commands = command.getSubcommands().keySet();
    return commands.isEmpty()
        ? "there is no place for '" + word + "'"
        : "there is no command '"
            + word
            + "'"
            + didYouMean(word, commands)
            + "\n  commands: "
            + String.join(", ", commands);
  }

  private static String didYouMean(String word, Set<String> choices) {
    return Suggestion.of(word, choices).map(meant -> "; did you mean " + meant + "?").orElse("");
  }
}
