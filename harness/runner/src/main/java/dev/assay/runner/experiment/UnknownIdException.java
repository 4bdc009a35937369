package dev.assay.runner.experiment;

import dev.assay.runner.yaml.Suggestion;
import java.util.List;
import java.util.Optional;

/** Nothing goes by that id; the message lists what exists. */
public final class UnknownIdException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> choices;
  private final String kind;
  private final String id;

  UnknownIdException(String kind, String id, List<String> choices) {
    super(message(kind, id, choices));
    this.kind = kind;
    this.id = id;
    this.choices = choices;
  }

  /** Such as {@code model}. */
  public String kind() {
    return kind;
  }

  /** What was asked for. */
  public String id() {
    return id;
  }

  /** Every id there is. */
  public List<String> choices() {
    return choices;
  }

  private static String message(String kind, String id, List<String> choices) {
    Optional<String> meant = Suggestion.of(id, choices);
    return "there is no "
        + kind
        + " '"
        + id
        + "'"
        + meant.map(word -> "; did you mean '" + word + "'? ").orElse("; ")
        + (choices.isEmpty() ? "there are none" : "choices: " + String.join(", ", choices));
  }
}
