package dev.assay.runner.experiment;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An entry of {@code models}.
 *
 * @param id of the model's provider
 * @param name unique in the file; the id unless given. Paths and tables use it
 * @param data id of the one dataset that it meets; empty for all of them
 * @param params the training settings given, by YAML key
 * @param parents names of earlier entries, by the role that each has in this one
 * @param samplers the sampler settings given, one map a sampler; never empty
 */
public record ModelChoice(
    String id,
    String name,
    Optional<String> data,
    Map<String, Object> params,
    Map<String, String> parents,
    List<Map<String, Object>> samplers) {
  public ModelChoice {
    parents = Map.copyOf(parents);
    params = Map.copyOf(params);
    samplers = samplers.stream().map(Map::copyOf).toList();
  }
}
