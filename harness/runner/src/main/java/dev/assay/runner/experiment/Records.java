package dev.assay.runner.experiment;

import dev.assay.spi.Configs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records of settings as plain values, and as text. */
final class Records {
  private Records() {}

  /** Every setting by its YAML key, in order; what is absent is left out. */
  static Map<String, Object> plain(Record settings) {
    Map<String, Object> plain = new LinkedHashMap<>();
    Configs.values(settings)
        .forEach((key, component) -> {
          Object value = plain(component);
          if (value != null) {
            plain.put(key, value);
          }
        });
    return plain;
  }

  /**
   * Settings that differ between two records of a type, as the first has them, such as {@code
   * latent=8 beta=4.0}.
   */
  static <R extends Record> String label(R settings, R standard) {
    Map<String, Object> usual = plain(standard);
    List<String> parts = new ArrayList<>();
    plain(settings)
        .forEach((key, value) -> {
          if (!value.equals(usual.get(key))) {
            parts.add(key + "=" + show(value));
          }
        });
    return String.join(" ", parts);
  }

  /** A plain value as text without spaces. */
  static String show(@Nullable Object value) {
    String json = PlainJson.canonical(value);
    return json.replace("\"", "");
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case Optional<?> maybe -> plain(maybe.orElse(null));
      case Enum<?> constant -> Configs.key(constant);
      case Duration duration -> Durations.seconds(duration);
      case Integer number -> number.longValue();
      case List<?> list -> list.stream().map(Records::plain).toList();
      case Every.Steps every -> every.count() + " steps";
      case Every.Epochs every -> every.count() + " epochs";
      case Every.Time every -> Durations.seconds(every.duration()) + "s";
      case null -> null;
      default -> value;
    };
  }
}
