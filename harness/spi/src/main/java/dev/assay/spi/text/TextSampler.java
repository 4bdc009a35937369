package dev.assay.spi.text;

import dev.assay.nn.decoding.BeamSearch;
import dev.assay.nn.decoding.Decoder;
import dev.assay.nn.decoding.Generator;
import dev.assay.nn.decoding.TokenChoice;
import dev.assay.nn.decoding.TokenStepper;
import dev.assay.spi.Param;

/**
 * How samples are drawn from a model of tokens, in the order of {@link TokenChoice}. Limits, stop
 * and prompt concern text alone.
 */
public record TextSampler(
    @Param(doc = "Whether to take the likeliest token each time.", value = "false") boolean greedy,
    @Param(
            doc = "Divides the logits; 1 is the model itself, less is bolder.",
            value = "1",
            min = 0.01,
            max = 100)
        double temperature,
    @Param(
            doc = "Draw from this many likeliest tokens; 0 for all.",
            value = "0",
            min = 0,
            max = 1e9)
        int topK,
    @Param(
            doc = "Draw from the likeliest tokens that together have this probability.",
            value = "1",
            min = 1e-6,
            max = 1)
        double topP,
    @Param(
            doc = "Draw from tokens of at least this share of the likeliest one's probability.",
            value = "0",
            min = 0,
            max = 1)
        double minP,
    @Param(
            doc =
                "Draw from tokens whose surprise is nearest to its mean, that together have this"
                    + " probability.",
            value = "1",
            min = 1e-6,
            max = 1)
        double typicalP,
    @Param(
            doc =
                "Divides positive logits of tokens that occurred, and multiplies negative ones; 1"
                    + " for none.",
            value = "1",
            min = 0.01,
            max = 100)
        double repetitionPenalty,
    @Param(
            doc = "Width of a beam search, which draws nothing; 0 for none.",
            value = "0",
            min = 0,
            max = 32)
        int beams,
    @Param(
            doc = "Of a beam search: 0 ranks by ln p, more favours longer texts.",
            value = "0",
            min = 0,
            max = 10)
        double lengthPenalty,
    @Param(doc = "Most tokens to add to the prompt.", value = "256", min = 1, max = 1e6)
        int maxLength,
    @Param(doc = "Text before which a sample ends once it is drawn; empty for none.", value = "")
        String stop,
    @Param(doc = "Text that every sample begins with.", value = "") String prompt) {
  /** Rows that a model needs for the widest beam. */
  public static final int ROWS = 32;

  public TextSampler {
    boolean draws = temperature != 1 || topK != 0 || topP != 1 || minP != 0 || typicalP != 1;
    if (beams > 0 && (greedy || draws || repetitionPenalty != 1)) {
      throw new IllegalArgumentException(
          "'beams' is "
              + beams
              + ", but a beam search takes neither 'greedy' nor a temperature, cut or penalty");
    }
    if (beams == 0 && lengthPenalty != 0) {
      throw new IllegalArgumentException(
          "'length_penalty' is " + lengthPenalty + ", but has a meaning only with 'beams'");
    }
  }

  /**
   * What completes sequences by a model.
   *
   * @param model of {@link #ROWS} rows
   */
  public Decoder decoder(TokenStepper model) {
    return beams > 0
        ? new BeamSearch(model, beams, lengthPenalty)
        : new Generator(
            model,
            new TokenChoice(greedy, temperature, topK, topP, minP, typicalP, repetitionPenalty));
  }
}
