package dev.assay.selftest;

import dev.assay.tensor.BackendProvider;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What the command line asks for.
 *
 * @param backend id of the backend under test
 * @param precision one of its precisions
 * @param blas one of its choices of matrix products
 * @param parts what to do
 * @param out folder of the report
 */
record Options(String backend, String precision, String blas, Set<Part> parts, Path out) {
  /** A part of the self-test. */
  enum Part {
    /** The operator suite. */
    OPERATORS,
    /** Losses of training steps beside the cpu backend's. */
    PARITY,
    /** Times of operations and training steps. */
    SPEED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @throws IllegalArgumentException if the words make no sense; the message is for people
   */
  static Options parse(String[] words) {
    String backend = "jcuda";
    String precision = "fp32";
    String blas = BackendProvider.Settings.AUTO;
    Path out = Path.of("results", "gpu");
    EnumSet<Part> parts = EnumSet.noneOf(Part.class);
    for (int i = 0; i < words.length; i += 2) {
      if (i + 1 == words.length) {
        throw new IllegalArgumentException("option " + words[i] + " needs a value");
      }
      String value = words[i + 1];
      switch (words[i]) {
        case "--backend" -> backend = value;
        case "--precision" -> precision = value;
        case "--blas" -> blas = value;
        case "--out" -> out = Path.of(value);
        case "--only" -> parts.add(part(value));
        default ->
            throw new IllegalArgumentException(
                "there is no option "
                    + words[i]
                    + "; options: --backend, --precision, --blas, --out, --only");
      }
    }
    return new Options(
        backend, precision, blas, parts.isEmpty() ? EnumSet.allOf(Part.class) : parts, out);
  }

  private static Part part(String word) {
    for (Part part : Part.values()) {
      if (part.word().equals(word)) {
        return part;
      }
    }
    throw new IllegalArgumentException(
        "there is no part '" + word + "'; choices: operators, parity, speed");
  }
}
