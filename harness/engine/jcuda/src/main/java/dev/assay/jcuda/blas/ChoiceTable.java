package dev.assay.jcuda.blas;

import dev.assay.jcuda.driver.UserCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whose kernels were faster for which products, on the disk: a line each of shape, choice, and
 * microseconds of own and library. A first choice stays, so that later runs have the same bits.
 */
final class ChoiceTable {
  private static final int FIELDS = 4;

  private final Path file;

  private ChoiceTable(Path file) {
    this.file = file;
  }

  /** What won, and what both took. */
  record Choice(boolean library, double ownSeconds, double librarySeconds) {
    private static final double MICRO = 1e6;

    private static Optional<Choice> read(String[] fields) {
      try {
        return fields.length == FIELDS && (fields[1].equals("cublas") || fields[1].equals("own"))
            ? Optional.of(
                new Choice(
                    fields[1].equals("cublas"),
                    Double.parseDouble(fields[2]) / MICRO,
                    Double.parseDouble(fields[3]) / MICRO))
            : Optional.empty();
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }

    private String fields() {
      return String.format(
          Locale.ROOT,
          "%s\t%.2f\t%.2f",
          library ? "cublas" : "own",
          ownSeconds * MICRO,
          librarySeconds * MICRO);
    }
  }

  /**
   * The table of the user's.
   *
   * @param key all that choices depend on beside shapes: device, driver, library, own kernels
   */
  static ChoiceTable of(String key) {
    return in(UserCache.folder("blas"), key);
  }

  static ChoiceTable in(Path folder, String key) {
    return new ChoiceTable(
        folder.resolve(key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-") + ".tsv"));
  }

  /** The choices so far; lines that make no sense are passed over. */
  Map<String, Choice> read() throws IOException {
    Map<String, Choice> choices = new LinkedHashMap<>();
    if (Files.isRegularFile(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] fields = line.split("\t");
        Choice.read(fields).ifPresent(choice -> choices.putIfAbsent(fields[0], choice));
      }
    }
    return choices;
  }

  /**
   * Adds a choice, unless another process has made one for the shape meanwhile.
   *
   * @return the one that stands
   */
  Choice add(String shape, Choice choice) throws IOException {
    Map<String, Choice> all = read();
    Choice earlier = all.putIfAbsent(shape, choice);
    if (earlier != null) {
      return earlier;
    }
    List<String> lines =
        all.entrySet().stream().map(e -> e.getKey() + "\t" + e.getValue().fields()).toList();
    UserCache.write(file, (String.join("\n", lines) + "\n").getBytes(UserCache.TEXT));
    return choice;
  }
}
