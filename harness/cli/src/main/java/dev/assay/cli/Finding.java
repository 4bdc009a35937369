package dev.assay.cli;

/**
 * One thing that {@code doctor} looked at.
 *
 * @param help how to mend it; empty where nothing is to mend
 */
record Finding(String subject, String value, Verdict verdict, String help) {
  /** How it stands. */
  enum Verdict {
    GOOD,
    /** Works, but slower or with less than it could. */
    NOTE,
    BROKEN
  }

  static Finding good(String subject, String value) {
    return new Finding(subject, value, Verdict.GOOD, "");
  }

  static Finding note(String subject, String value, String help) {
    return new Finding(subject, value, Verdict.NOTE, help);
  }

  static Finding broken(String subject, String value, String help) {
    return new Finding(subject, value, Verdict.BROKEN, help);
  }
}
