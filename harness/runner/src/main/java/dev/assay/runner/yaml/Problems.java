package dev.assay.runner.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong, so that all of it can be reported at once. */
public final class Problems {
  private final Set<Problem> found = new LinkedHashSet<>();

  public void add(Mark mark, String message, String help) {
    found.add(new Problem(mark, message, help));
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** How many there are. */
  public int size() {
    return found.size();
  }

  /** Each once, by place. */
  public List<Problem> list() {
    List<Problem> sorted = new ArrayList<>(found);
    sorted.sort(
        Comparator.comparing((Problem p) -> p.mark().source().name().startsWith("--"))
            .thenComparingInt(p -> p.mark().line())
            .thenComparingInt(p -> p.mark().column()));
    return sorted;
  }

  /**
   * @throws ProblemException if anything was added
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new ProblemException(list());
    }
  }
}
