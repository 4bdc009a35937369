package dev.assay.data.prepare;

import dev.assay.spi.Param;

/** What is done to the raw data before any model sees it. */
public record PreprocessOptions(
    @Param(
            doc =
                "What images are under: given (the label of the data), or a picture made of them:"
                    + " small, of blocks of pixels; two_tone, dark and bright",
            value = "given")
        Condition condition,
    @Param(
            doc = "For condition: small, side in pixels of the block that becomes one pixel",
            value = "4",
            min = 2)
        int block,
    @Param(doc = "Whether and how an image becomes binary", value = "none") Binarize binarize,
    @Param(
            doc =
                "For binarize: threshold, the smallest level that counts as 1; 0 is half the levels",
            value = "0",
            min = 0)
        int threshold,
    @Param(doc = "Whether the capital letters of texts become small ones", value = "false")
        boolean lowercase,
    @Param(
            doc =
                "Canaries among the training examples, for the metric exposure: random recombinations"
                    + " of numbers, pixels or characters that occur",
            value = "0",
            min = 0,
            max = 1000)
        int canaries,
    @Param(
            doc = "For canaries: how often each stands among the training examples",
            value = "1",
            min = 1,
            max = 1000)
        int copies) {

  /** What x is under. */
  public enum Condition {
    /** What the data have. */
    GIVEN,
    /** The image at a lower resolution. */
    SMALL,
    /** The image in two levels. */
    TWO_TONE
  }

  /** How an image becomes binary. */
  public enum Binarize {
    /** It stays as it is. */
    NONE,
    /** 1 from a level on. */
    THRESHOLD,
    /** 1 with probability level / (levels − 1), drawn once for all. */
    STATIC,
    /** The same, drawn afresh each time an example is trained on; held-out parts are drawn once. */
    STOCHASTIC
  }
}
