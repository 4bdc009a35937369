package dev.assay.plugins.transformer.gpt;

import dev.assay.plugins.transformer.decoding.TokenChoice;
import dev.assay.spi.Param;

/** How samples are drawn from a trained GPT. Limits, stop and prompt concern text alone. */
public record GptSampler(
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
    @Param(doc = "Most tokens to add to the prompt.", value = "256", min = 1, max = 1e6)
        int maxLength,
    @Param(doc = "Text before which a sample ends once it is drawn; empty for none.", value = "")
        String stop,
    @Param(doc = "Text that every sample begins with.", value = "") String prompt) {
  /** The part that chooses a token. */
  TokenChoice choice() {
    return new TokenChoice(greedy, temperature, topK, topP);
  }
}
