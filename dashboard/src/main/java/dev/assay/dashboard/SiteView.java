package dev.assay.dashboard;

import dev.assay.dashboard.index.Index;
import dev.assay.dashboard.view.Boards;
import dev.assay.dashboard.view.Site;
import dev.assay.store.RunStatus;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says what a dashboard is and what there is to filter by. */
final class SiteView {
  private static final int DAMAGED = 100;
  private static final Map<String, String> FACETS = facets();

  private SiteView() {}

  private static Map<String, String> facets() {
    Map<String, String> facets = new LinkedHashMap<>();
    facets.put("datasets", "dataset");
    facets.put("models", "model");
    facets.put("families", "family");
    facets.put("backends", "backend");
    facets.put("precisions", "precision");
    facets.put("experiments", "experiment");
    return facets;
  }

  /** With all counts. */
  static Site full(
      DashboardOptions options, boolean isStatic, boolean needsToken, Index index, Boards boards)
      throws IOException {
    Map<String, List<String>> facets = new LinkedHashMap<>();
    for (Map.Entry<String, String> facet : FACETS.entrySet()) {
      facets.put(facet.getKey(), index.facet(facet.getValue()));
    }
    facets.put("statuses", Arrays.stream(RunStatus.values()).map(Enum::name).toList());
    facets.put(
        "metrics", boards.summaries().stream().map(b -> b.metric()).distinct().sorted().toList());
    return new Site(
        title(options),
        isStatic,
        options.version(),
        needsToken,
        index.revision(),
        index.runs(),
        boards.summaries().size(),
        index.running(),
        facets,
        index.damaged(DAMAGED));
  }

  /** For those who may not read: nothing of what lies in the folder. */
  static Site closed(DashboardOptions options) {
    Map<String, List<String>> facets = new LinkedHashMap<>();
    FACETS.keySet().forEach(name -> facets.put(name, List.of()));
    facets.put("statuses", List.of());
    facets.put("metrics", List.of());
    return new Site("Assay", false, options.version(), true, 0, 0, 0, 0, facets, List.of());
  }

  static String title(DashboardOptions options) {
    return String.valueOf(options.results().getFileName());
  }
}
