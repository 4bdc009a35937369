package dev.assay.runner.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SuggestionTest {
  @ParameterizedTest
  @CsvSource({
    "kitten, sitting, 3",
    "flaw, lawn, 2",
    "ab, ba, 1",
    "'', abc, 3",
    "same, same, 0",
    "ca, abc, 3"
  })
  void distanceCountsEditsAndSwapsOfNeighbours(String a, String b, int expected) {
    assertThat(Suggestion.distance(a, b)).isEqualTo(expected);
    assertThat(Suggestion.distance(b, a)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "epoch, epochs",
    "laten, latent",
    "Latent, latent",
    "vea, vae",
    "gm, gmm",
    "uci_digits, uci-digits",
    "tinyshakespear, tinyshakespeare",
    "bernoulli, bernoulli-mixture",
    "learning-rate, learning_rate"
  })
  void aMisspeltWordIsRecognised(String word, String meant) {
    List<String> choices =
        List.of(
            "epochs",
            "latent",
            "vae",
            "gmm",
            "uci-digits",
            "tinyshakespeare",
            "bernoulli-mixture",
            "learning_rate");
    assertThat(Suggestion.of(word, choices)).contains(meant);
  }

  @Test
  void anotherWordIsNot() {
    assertThat(Suggestion.of("transformer", List.of("gmm", "vae", "ngram"))).isEmpty();
    assertThat(Suggestion.of("", List.of("a"))).isEmpty();
  }
}
