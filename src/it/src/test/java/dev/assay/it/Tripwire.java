package dev.assay.it;

/** A class that malformed files name; it must never be initialised. */
final class Tripwire {
  /** System property that the class sets on initialisation; a constant, which does not cause it. */
  static final String SPRUNG = "dev.assay.it.sprung";

  static {
    System.setProperty(SPRUNG, "true");
  }

  private Tripwire() {}
}
