package dev.assay.dashboard.http;

import dev.assay.dashboard.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a request asks for: the parameters of its path and of its query, each read with its bounds.
 *
 * @param path by name
 * @param query by name, sorted, each with its values in order
 */
public record Query(Map<String, String> path, TreeMap<String, List<String>> query) {
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,9}");
  private static final int LONGEST = 200;

  /** The same text for requests that ask for the same. */
  String key() {
    return path.toString() + query;
  }

  /** A parameter of the path, of which the router has made sure. */
  public String path(String name) {
    return path.getOrDefault(name, "");
  }

  /**
   * @throws dev.assay.dashboard.problem.RefusedException if it is there twice or too long
   */
  public Optional<String> text(String name) {
    List<String> values = query.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw Problem.badParameter(name, name + " is given " + values.size() + " times", List.of())
          .refuse();
    }
    if (values.isEmpty() || values.getFirst().isEmpty()) {
      return Optional.empty();
    }
    if (values.getFirst().length() > LONGEST) {
      throw Problem.badParameter(
              name,
              name + " has " + values.getFirst().length() + " characters; it may have " + LONGEST,
              List.of())
          .refuse();
    }
    return Optional.of(values.getFirst());
  }

  /** All values of a parameter that may be repeated. */
  public List<String> all(String name) {
    return query.getOrDefault(name, List.of());
  }

  /** A whole number from {@code least} to {@code most}. */
  public int number(String name, int least, int most, int standard) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return standard;
    }
    if (WHOLE.matcher(text.get()).matches()) {
      int value = Integer.parseInt(text.get());
      if (value >= least && value <= most) {
        return value;
      }
    }
    throw Problem.badParameter(
            name,
            name
                + " is '"
                + text.get()
                + "'; it must be a whole number from "
                + least
                + " to "
                + most,
            List.of())
        .refuse();
  }

  /** One of some words. */
  public Optional<String> choice(String name, List<String> choices) {
    Optional<String> text = text(name);
    if (text.isPresent() && !choices.contains(text.get())) {
      throw Problem.badParameter(
              name,
              name + " is '" + text.get() + "'; it must be one of " + String.join(", ", choices),
              choices)
          .refuse();
    }
    return text;
  }

  /** Refuses parameters of the query that are not among these. */
  void only(List<String> names) {
    for (String name : query.keySet()) {
      if (!names.contains(name)) {
        throw Problem.badParameter(
                name,
                "there is no parameter '"
                    + name
                    + "' here"
                    + (names.isEmpty() ? "" : "; there are " + String.join(", ", names)),
                names)
            .refuse();
      }
    }
  }
}
