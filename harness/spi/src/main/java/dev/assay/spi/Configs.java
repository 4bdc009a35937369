package dev.assay.spi;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Builds configuration records from plain values, by their {@link Param} annotations. */
public final class Configs {
  private Configs() {}

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
    RecordComponent[] components = type.getRecordComponents();
    List<String> keys = Arrays.stream(components).map(c -> key(c.getName())).toList();
    for (String given : values.keySet()) {
      if (!keys.contains(given)) {
        throw new ConfigException(given, "unknown parameter '" + given + "'", keys);
      }
    }
    @Nullable Object[] arguments = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      Param param = param(type, component);
      String key = keys.get(i);
      Object raw = values.containsKey(key) ? values.get(key) : parse(param.value());
      types[i] = component.getType();
      arguments[i] = convert(key, raw, component.getGenericType(), param);
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

  /** The annotation of a component, which must be there. */
  public static Param param(Class<? extends Record> type, RecordComponent component) {
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
