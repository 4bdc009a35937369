package dev.assay.cli;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Columns of the terminal, looked up at most once a second. */
final class TerminalWidth implements IntSupplier {
  private static final int USUAL = 80;
  private static final int NARROWEST = 10;
  private static final long INTERVAL_NANOS = 1_000_000_000L;

  private int columns = USUAL;
  private long asked;
  private boolean known;

  /** Whether output goes to a terminal. */
  static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  @Override
  public synchronized int getAsInt() {
    long now = System.nanoTime();
    if (!known || now - asked > INTERVAL_NANOS) {
      asked = now;
      known = true;
      columns = ask(columns);
    }
    return columns;
  }

  /** The {@code stty} of POSIX answers "rows columns". */
  private static int ask(int otherwise) {
    try {
      Process process =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor(1, TimeUnit.SECONDS) && answer.matches("\\d{1,5} \\d{1,5}")) {
        int columns = Integer.parseInt(answer.substring(answer.indexOf(' ') + 1));
        return columns == 0 ? otherwise : Math.max(NARROWEST, columns);
      }
      return otherwise;
    } catch (IOException e) {
      return otherwise;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return otherwise;
    }
  }
}
