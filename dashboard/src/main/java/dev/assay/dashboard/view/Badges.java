package dev.assay.dashboard.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a recorded kind, such as {@code lower_bound/mass}, tells a reader. */
final class Badges {
  /** In the order in which boards of a dataset are shown. */
  private static final List<String> ORDER =
      List.of("exact", "bound", "estimate", "pseudo", "sample", "measured");

  private Badges() {}

  static String of(String kind) {
    String head = kind.substring(0, kind.indexOf('/') < 0 ? kind.length() : kind.indexOf('/'));
    return switch (head) {
      case "exact", "estimate", "sample", "measured" -> head;
      case "lower_bound", "upper_bound" -> "bound";
      case "pseudo", "pseudo_likelihood" -> "pseudo";
      default -> "estimate";
    };
  }

  /** {@code mass} or {@code density}; null where that plays no part. */
  static @Nullable String measure(String kind) {
    int slash = kind.indexOf('/');
    return slash < 0 ? null : kind.substring(slash + 1);
  }

  /** Likelihoods first, then metrics of samples, then what was measured. */
  static int section(String badge) {
    int at = ORDER.indexOf(badge);
    return at <= ORDER.indexOf("pseudo") ? 0 : at;
  }
}
