package dev.assay.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Where an experiment's results go. */
final class ResultsFolder {
  private static final int LONGEST_NAME = 60;

  private ResultsFolder() {}

  /** The folder asked for, else one named after the experiment in {@code results/runs}. */
  static Path of(Optional<Path> asked, String experiment) {
    return asked.orElseGet(() -> RunFinder.DEFAULT.resolve(fileName(experiment)));
  }

  private static String fileName(String experiment) {
    String name = experiment.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._]+", "-");
    String safe = name.replaceAll("^[-.]+|[-.]+$", "");
    return safe.isEmpty() ? "experiment" : safe.substring(0, Math.min(LONGEST_NAME, safe.length()));
  }
}
