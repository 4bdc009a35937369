package dev.assay.runner.experiment;

import java.util.Map;

/**
 * An entry of {@code data}.
 *
 * @param id of the catalogue, or made for the user's own files
 * @param own the description of the user's own files, by YAML key; empty for a dataset of the
 *     catalogue
 * @param split the settings given, by YAML key
 * @param preprocess the settings given, by YAML key
 */
public record DataChoice(
    String id, Map<String, Object> own, Map<String, Object> split, Map<String, Object> preprocess) {

  public DataChoice {
    own = Map.copyOf(own);
    split = Map.copyOf(split);
    preprocess = Map.copyOf(preprocess);
  }
}
