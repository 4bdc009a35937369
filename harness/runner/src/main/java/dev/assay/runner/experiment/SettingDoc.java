package dev.assay.runner.experiment;

import java.util.List;

/**
 * One setting, for readers.
 *
 * @param key in YAML
 * @param allowed completes the sentence "must be …"
 * @param standard the default as it would stand in YAML; empty if the setting is left out by
 *     default
 * @param meaning one sentence
 */
public record SettingDoc(String key, String allowed, String standard, String meaning) {
  /** The settings of a record, in order. */
  public static List<SettingDoc> of(Class<? extends Record> type) {
    return Setting.of(type).stream()
        .map(s -> new SettingDoc(s.key(), s.kind().words(), s.standard(), s.doc()))
        .toList();
  }
}
