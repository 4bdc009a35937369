package dev.assay.dashboard.upload;

import dev.assay.dashboard.problem.Problem;
import dev.assay.dashboard.problem.RefusedException;

/** What is said of uploads that fail a check. */
final class Rejections {
  private static final int LONGEST_NAME = 80;

  private Rejections() {}

  /** The content is not what it should be. */
  static RefusedException rejected(String detail) {
    return Problem.of(422, "upload-rejected", "Upload rejected", detail).refuse();
  }

  static RefusedException tooLarge(String detail) {
    return Problem.of(413, "too-large", "Too large", detail).refuse();
  }

  /** A name from an archive as it may be shown: short, without control characters. */
  static String shown(String name) {
    String clean = name.replaceAll("\\p{Cntrl}", "?");
    return "'"
        + (clean.length() > LONGEST_NAME ? clean.substring(0, LONGEST_NAME) + "…" : clean)
        + "'";
  }
}
