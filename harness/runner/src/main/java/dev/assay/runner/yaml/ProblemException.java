package dev.assay.runner.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** A text that cannot be used. The message shows every problem with its line. */
public final class ProblemException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 50;

  private final transient List<Problem> problems;

  ProblemException(List<Problem> problems) {
    super(show(problems));
    this.problems = List.copyOf(problems);
  }

  /** By place, at least one. */
  public List<Problem> problems() {
    return problems;
  }

  private static String show(List<Problem> problems) {
    String shown =
        problems.stream().limit(SHOWN).map(Problem::show).collect(Collectors.joining("\n"));
    int count = problems.size();
    String summary = count == 1 ? "1 error" : count + " errors";
    return shown + "\n" + summary + (count > SHOWN ? ", of which " + SHOWN + " are shown" : "");
  }
}
