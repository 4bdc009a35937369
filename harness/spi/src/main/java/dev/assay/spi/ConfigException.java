package dev.assay.spi;

import java.util.List;

/** A configuration value that cannot be used. */
public final class ConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final transient List<String> choices;

  /**
   * @param key the YAML key at fault; empty if it is several
   * @param message what is wrong, with the value
   * @param choices what would be allowed; empty if not a closed list
   */
  public ConfigException(String key, String message, List<String> choices) {
    super(choices.isEmpty() ? message : message + "; choices: " + String.join(", ", choices));
    this.key = key;
    this.choices = List.copyOf(choices);
  }

  public String key() {
    return key;
  }

  public List<String> choices() {
    return choices;
  }
}
