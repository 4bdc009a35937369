package dev.assay.runner.experiment;

import dev.assay.spi.Configs;
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
    return Configs.settings(type).stream().map(Setting::of).toList();
  }

  static Setting of(Configs.Setting setting) {
    return new Setting(
        setting.key(),
        Kind.of(setting.type(), setting.param()),
        setting.param().doc(),
        setting.standard());
  }

  /** Meaning and default, one line. */
  String help() {
    return key + ": " + doc + (standard.isEmpty() ? "" : " Default: " + standard + ".");
  }
}
