package dev.assay.spi;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Builds configuration records from plain values, by their {@link Param} annotations. A component
 * that is itself a record is a group: its settings stand beside the others, under their own keys.
 */
public final class Configs {
  private Configs() {}

  /**
   * One setting of a configuration record.
   *
   * @param key in YAML
   * @param type of the component
   * @param standard the default as it would stand in YAML
   */
  public record Setting(String key, Type type, Param param, String standard) {}

  /** The settings of a record in the order of its components, those of groups in their place. */
  public static List<Setting> settings(Class<? extends Record> type) {
    List<Setting> settings = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      if (isGroup(component)) {
        settings.addAll(group(type, component));
      } else {
        Param param = param(type, component);
        settings.add(
            new Setting(
                key(component.getName()), component.getGenericType(), param, param.value()));
      }
    }
    Set<String> keys = new HashSet<>();
    for (Setting setting : settings) {
      if (!keys.add(setting.key())) {
        throw new IllegalStateException(
            type.getName() + " has two settings '" + setting.key() + "'");
      }
    }
    return List.copyOf(settings);
  }

  private static List<Setting> group(Class<? extends Record> type, RecordComponent component) {
    List<Setting> settings = settings(component.getType().asSubclass(Record.class));
    Defaults defaults = component.getAnnotation(Defaults.class);
    if (defaults == null) {
      return settings;
    }
    Map<String, String> standards = new HashMap<>();
    for (String line : defaults.value()) {
      int equals = line.indexOf('=');
      standards.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
    }
    List<Setting> changed =
        settings.stream()
            .map(s -> {
              String standard = standards.remove(s.key());
              return standard == null ? s : new Setting(s.key(), s.type(), s.param(), standard);
            })
            .toList();
    if (!standards.isEmpty()) {
      throw new IllegalStateException(
          type.getName() + "." + component.getName() + " has no settings " + standards.keySet());
    }
    return changed;
  }

  private static boolean isGroup(RecordComponent component) {
    return component.getType().isRecord();
  }

  /** The record with every component at its default. */
  public static <R extends Record> R defaults(Class<R> type) {
    return bind(type, Map.of());
  }

  /**
   * The record with the given components set and the others at their defaults.
   *
   * @param values by YAML key; numbers, booleans, strings and lists of those
   * @throws ConfigException naming the key, the value and what is allowed
   */
  public static <R extends Record> R bind(Class<R> type, Map<String, ?> values) {
    List<String> keys = settings(type).stream().map(Setting::key).toList();
    for (String given : values.keySet()) {
      if (!keys.contains(given)) {
        throw new ConfigException(given, "unknown parameter '" + given + "'", keys);
      }
    }
    return build(
        type,
        setting -> {
          String key = setting.key();
          Object raw = values.containsKey(key) ? values.get(key) : parse(setting.standard());
          return convert(key, raw, setting.type(), setting.param());
        });
  }

  /**
   * The record of the given components.
   *
   * @param component what each setting's component shall be
   * @throws ConfigException with what the record itself objects to
   */
  public static <R extends Record> R build(Class<R> type, Function<Setting, Object> component) {
    return build(type, settings(type).stream().map(component).iterator());
  }

  private static <R extends Record> R build(Class<R> type, Iterator<Object> values) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] arguments = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      arguments[i] =
          isGroup(components[i]) ? build(types[i].asSubclass(Record.class), values) : values.next();
    }
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new ConfigException(
          "", String.valueOf(Objects.requireNonNullElse(e.getCause(), e).getMessage()), List.of());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot build " + type.getName(), e);
    }
  }

  /** The components of a record by YAML key, in the order of {@link #settings}. */
  public static Map<String, Object> values(Record config) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (RecordComponent component : config.getClass().getRecordComponents()) {
      Object value = get(config, component);
      if (value instanceof Record group && isGroup(component)) {
        values.putAll(values(group));
      } else {
        values.put(key(component.getName()), value);
      }
    }
    return values;
  }

  private static Object get(Record config, RecordComponent component) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(config);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  private static Param param(Class<? extends Record> type, RecordComponent component) {
    Param param = component.getAnnotation(Param.class);
    if (param == null) {
      throw new IllegalStateException(type.getName() + "." + component.getName() + " lacks @Param");
    }
    return param;
  }

  /** {@code learningRate} → {@code learning_rate}. */
  public static String key(String componentName) {
    return componentName.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  /** YAML spelling of an enum constant: {@code TOP_K} → {@code top_k}. */
  public static String key(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Object parse(String text) {
    if (text.startsWith("[")) {
      String inner = text.substring(1, text.length() - 1).strip();
      return inner.isEmpty()
          ? List.of()
          : Arrays.stream(inner.split(",")).map(part -> parse(part.strip())).toList();
    }
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    try {
      return text.matches("[-+]?\\d+")
          ? (Object) Long.valueOf(text)
          : (Object) Double.valueOf(text);
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private static Object convert(String key, @Nullable Object raw, Type type, Param param) {
    if (type instanceof ParameterizedType list) {
      if (!(raw instanceof List<?> items)) {
        throw wrong(key, raw, "a list");
      }
      List<Object> converted = new ArrayList<>();
      for (Object item : items) {
        converted.add(convert(key, item, list.getActualTypeArguments()[0], param));
      }
      return List.copyOf(converted);
    }
    Class<?> target = (Class<?>) type;
    if (target.isEnum()) {
      List<String> choices =
          Arrays.stream(target.getEnumConstants()).map(c -> key((Enum<?>) c)).toList();
      int index = raw instanceof String s ? choices.indexOf(s) : -1;
      if (index < 0) {
        throw new ConfigException(
            key, "'" + key + "' is '" + raw + "', which is none of the choices", choices);
      }
      return target.getEnumConstants()[index];
    }
    if (target == String.class) {
      if (!(raw instanceof String)) {
        throw wrong(key, raw, "a string");
      }
      return raw;
    }
    if (target == boolean.class) {
      if (!(raw instanceof Boolean)) {
        throw wrong(key, raw, "true or false");
      }
      return raw;
    }
    return number(key, raw, target, param);
  }

  private static Object number(String key, @Nullable Object raw, Class<?> target, Param param) {
    boolean whole =
        target == int.class
            || target == long.class
            || target == Integer.class
            || target == Long.class;
    if (!(raw instanceof Number number)) {
      throw wrong(key, raw, whole ? "a whole number" : "a number");
    }
    double value = number.doubleValue();
    if (whole && value != Math.rint(value)) {
      throw wrong(key, raw, "a whole number");
    }
    if (!(value >= param.min() && value <= param.max())) {
      throw new ConfigException(
          key, "'" + key + "' is " + raw + ", but must be " + range(param, whole), List.of());
    }
    if (target == int.class || target == Integer.class) {
      if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
        throw wrong(key, raw, "a whole number of 32 bits");
      }
      return number.intValue();
    }
    return whole ? (Object) number.longValue() : (Object) value;
  }

  /** Such as "between 0 and 1", "at least 1". */
  public static String range(Param param, boolean whole) {
    boolean low = param.min() > Double.NEGATIVE_INFINITY;
    boolean high = param.max() < Double.POSITIVE_INFINITY;
    if (low && high) {
      return "between " + show(param.min(), whole) + " and " + show(param.max(), whole);
    }
    return low
        ? "at least " + show(param.min(), whole)
        : high
            ? "at most " + show(param.max(), whole)
            : whole ? "a whole number" : "a finite number";
  }

  private static String show(double value, boolean whole) {
    return whole || (value == Math.rint(value) && Math.abs(value) < 1e15)
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  private static ConfigException wrong(String key, @Nullable Object raw, String wanted) {
    return new ConfigException(
        key, "'" + key + "' is '" + raw + "', but must be " + wanted, List.of());
  }
}
