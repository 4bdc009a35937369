package dev.assay.cli;

import dev.assay.runner.yaml.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/** Words of a closed list on the command line. */
final class Choice {
  private Choice() {}

  /**
   * The constant that a word means, in lower case.
   *
   * @throws TypeConversionException listing the choices
   */
  static <E extends Enum<E>> E of(E[] constants, String word) {
    List<String> words =
        Arrays.stream(constants).map(c -> c.name().toLowerCase(Locale.ROOT)).toList();
    int index = words.indexOf(word);
    if (index < 0) {
      throw new TypeConversionException(
          "'"
              + word
              + "' is none of: "
              + String.join(", ", words)
              + Suggestion.of(word, words).map(w -> "; did you mean '" + w + "'?").orElse(""));
    }
    return constants[index];
  }
}
