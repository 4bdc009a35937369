package dev.assay.spi;

/**
 * A way to score. Numbers are ranked only among equal kind and measure.
 *
 * @param id such as {@code exact}, {@code elbo}, {@code iwae}
 * @param samples importance samples per example; 0 where it has no meaning
 */
public record ScoreMethod(String id, Kind kind, Measure measure, int samples) {
  private static final String GIVEN = "-given-condition";

  /** How a score relates to the true log-likelihood. */
  public enum Kind {
    EXACT,
    /** Of the log-likelihood; the reported −ln p is an upper bound. */
    LOWER_BOUND,
    ESTIMATE,
    PSEUDO
  }

  /** What the likelihood is with respect to. */
  public enum Measure {
    /** Probabilities of discrete data. */
    MASS,
    /** Density with respect to Lebesgue measure. */
    DENSITY
  }

  public static ScoreMethod exact(Measure measure) {
    return new ScoreMethod("exact", Kind.EXACT, measure, 0);
  }

  /**
   * The same of −ln p(x | condition), for a model that makes use of the condition: never ranked
   * beside −ln p(x).
   */
  public ScoreMethod givenCondition() {
    return new ScoreMethod(id + GIVEN, kind, measure, samples);
  }

  /** Whether the model made use of the condition. */
  public boolean isGivenCondition() {
    return id.contains(GIVEN);
  }

  /** Such as {@code exact/mass}: numbers of unequal ones are never ranked together. */
  public String kindAndMeasure() {
    return Configs.key(kind) + "/" + Configs.key(measure);
  }
}
