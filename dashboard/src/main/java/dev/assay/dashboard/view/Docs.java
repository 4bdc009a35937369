package dev.assay.dashboard.view;

import java.util.List;

/** The cards of what can be compared, as the command line hands them over. */
public record Docs(List<ModelDoc> models, List<DatasetDoc> datasets, List<MetricDoc> metrics) {
  public Docs {
    models = List.copyOf(models);
    datasets = List.copyOf(datasets);
    metrics = List.copyOf(metrics);
  }

  /** No cards. */
  public static Docs none() {
    return new Docs(List.of(), List.of(), List.of());
  }

  /**
   * @param paper authors and title of the source
   * @param year of the source
   * @param equations what the code implements
   */
  public record ModelDoc(
      String id,
      String name,
      String family,
      String paper,
      int year,
      String equations,
      List<Setting> params,
      List<Setting> samplers) {}

  /**
   * @param standard the default
   * @param allowed type and range in words
   */
  public record Setting(String key, String standard, String allowed, String meaning) {}

  public record DatasetDoc(
      String id, String name, String summary, String license, String citation, String split) {}

  /**
   * @param direction {@code lower}, {@code higher} or {@code none}
   */
  public record MetricDoc(String id, String name, String unit, String direction, String source) {}
}
