package dev.assay.cli;

import dev.assay.dashboard.UnguardedException;
import dev.assay.runner.experiment.RegistryException;
import dev.assay.runner.experiment.UnknownIdException;
import dev.assay.runner.gate.GateException;
import dev.assay.runner.yaml.ProblemException;
import dev.assay.store.TableException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Says what went wrong: users see their own mistakes in words, and traces only if they ask. */
final class ErrorReport {
  private final PrintStream err;
  private final boolean colour;
  private final boolean debug;

  /**
   * @param debug show the trace of whatever was thrown
   */
  ErrorReport(PrintStream err, boolean colour, boolean debug) {
    this.err = err;
    this.colour = colour;
    this.debug = debug;
  }

  /**
   * Prints what a command has thrown.
   *
   * @return the exit code
   */
  int show(Throwable thrown) {
    int code = message(thrown);
    if (debug) {
      thrown.printStackTrace(err);
    }
    return code;
  }

  private int message(Throwable thrown) {
    return switch (thrown) {
      case ProblemException e -> {
        String message = String.valueOf(e.getMessage());
        err.println(colour ? Terminal.coloured(message) : message);
        yield Exit.USAGE;
      }
      case UsageException e -> say(e.getMessage(), Exit.USAGE);
      case UnknownIdException e -> say(e.getMessage(), Exit.USAGE);
      case GateException e -> say(e.getMessage(), Exit.USAGE);
      case TableException e -> say(e.getMessage(), Exit.USAGE);
      case RegistryException e -> say(e.getMessage(), Exit.USAGE);
      case UnguardedException e -> say(e.getMessage(), Exit.USAGE);
      case NoSuchFileException e -> say("there is no file " + e.getFile(), Exit.USAGE);
      case AccessDeniedException e -> say("no permission for " + e.getFile(), Exit.USAGE);
      case NotDirectoryException e -> say(e.getFile() + " is no folder", Exit.USAGE);
      case FileSystemException e ->
          say(
              "cannot use "
                  + e.getFile()
                  + ": "
                  + (e.getReason() == null ? e.getClass().getSimpleName() : e.getReason()),
              Exit.FAILED);
      case IOException e -> say(String.valueOf(e.getMessage()), Exit.FAILED);
      case OutOfMemoryError e ->
          say(
              "out of memory ("
                  + e.getMessage()
                  + ") with at most "
                  + (Runtime.getRuntime().maxMemory() >> 20)
                  + " MiB; allow more, such as ASSAY_JAVA_OPTS=-Xmx8g, or run fewer --jobs",
              Exit.FAILED);
      default -> unexpected(thrown);
    };
  }

  private int say(@Nullable String message, int code) {
    err.println("assay: " + message);
    return code;
  }

  private int unexpected(Throwable thrown) {
    String message = thrown.getMessage();
    err.println(
        "assay: something unexpected went wrong: "
            + thrown.getClass().getSimpleName()
            + (message == null ? "" : ": " + message));
    if (!debug) {
      err.println("  " + log(thrown));
    }
    return Exit.FAILED;
  }

  private static String log(Throwable thrown) {
    StringWriter trace = new StringWriter();
    try (PrintWriter writer = new PrintWriter(trace)) {
      writer.println("assay " + AssayCommand.Version.number() + ", java " + Runtime.version());
      writer.println(System.getProperty("os.name") + " " + System.getProperty("os.arch"));
      thrown.printStackTrace(writer);
    }
    try {
      Path log = Files.createTempFile("assay-error-", ".log");
      Files.writeString(log, trace.toString(), StandardCharsets.UTF_8);
      return "the details are in " + log + "; please report it with them";
    } catch (IOException e) {
      return "run again with --debug for details (no log could be written: " + e.getMessage() + ")";
    }
  }
}
