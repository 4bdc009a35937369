package dev.assay.runner.experiment;

import dev.assay.spi.Configs;
import dev.assay.spi.Param;
import java.util.Arrays;
import java.util.List;

/**
 * One component of a record of settings.
 *
 * @param key in YAML
 * @param standard the default as it would stand in YAML; empty if the setting is left out by
 *     default
 */
record Setting(String key, Kind kind, String doc, String standard) {
  /** The settings of a record, in the order of its components. */
  static List<Setting> of(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(component -> {
          Param param = Configs.param(type, component);
          return new Setting(
              Configs.key(component.getName()),
              Kind.of(component.getGenericType(), param),
              param.doc(),
              param.value());
        })
        .toList();
  }

  /** Meaning and default, one line. */
  String help() {
    return key + ": " + doc + (standard.isEmpty() ? "" : " Default: " + standard + ".");
  }
}
