package dev.assay.runner.experiment;

import java.util.Map;

/**
 * An entry of {@code data}.
 *
 * @param id of the catalogue
 * @param split the settings given, by YAML key
 * @param preprocess the settings given, by YAML key
 */
public record DataChoice(String id, Map<String, Object> split, Map<String, Object> preprocess) {
  public DataChoice {
    split = Map.copyOf(split);
    preprocess = Map.copyOf(preprocess);
  }
}
