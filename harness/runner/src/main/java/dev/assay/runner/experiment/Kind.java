package dev.assay.runner.experiment;

import dev.assay.runner.yaml.Node;
import dev.assay.runner.yaml.Node.ListNode;
import dev.assay.runner.yaml.Node.ScalarNode;
import dev.assay.spi.Configs;
import dev.assay.spi.Param;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What values a setting takes: how to read one, and how to say and write down what is allowed. */
sealed interface Kind {
  /** Completes the sentence "must be …". */
  String words();

  /** JSON Schema, as plain values. */
  Map<String, Object> schema();

  /** The value, or empty if the node is none of this kind. */
  Optional<Object> read(Node node);

  /** The kind of a record component. */
  static Kind of(Type type, Param param) {
    if (type instanceof ParameterizedType generic) {
      Kind inner = of(generic.getActualTypeArguments()[0], param);
      return generic.getRawType() == Optional.class ? inner : new Items(inner);
    }
    Class<?> target = (Class<?>) type;
    if (target.isEnum()) {
      return new Choice(
          Arrays.stream(target.getEnumConstants()).map(c -> Configs.key((Enum<?>) c)).toList());
    }
    return switch (target.getName()) {
      case "int", "java.lang.Integer" -> whole(param, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case "long", "java.lang.Long" -> whole(param, Long.MIN_VALUE, Long.MAX_VALUE);
      case "double", "java.lang.Double" -> new Real(param);
      case "boolean" -> new Flag();
      case "java.lang.String" -> new Text();
      case "java.time.Duration" -> new Span(param.min(), param.max());
      case "dev.assay.runner.experiment.Every" -> new Interval(true);
      case "dev.assay.runner.experiment.Every$Counted" -> new Interval(false);
      default -> throw new IllegalStateException("no setting can be a " + target.getName());
    };
  }

  private static Whole whole(Param param, long min, long max) {
    return new Whole(
        param,
        (long) Math.max(param.min(), (double) min),
        (long) Math.min(param.max(), (double) max));
  }

  /** A whole number, written as one or as 1e3. */
  record Whole(Param param, long min, long max) implements Kind {
    @Override
    public String words() {
      String range = Configs.range(param, true);
      return range.equals("a whole number") ? range : "a whole number, " + range;
    }

    @Override
    public Map<String, Object> schema() {
      Map<String, Object> schema = new LinkedHashMap<>();
      schema.put("type", "integer");
      if (min > Integer.MIN_VALUE) {
        schema.put("minimum", min);
      }
      if (param.max() < Double.POSITIVE_INFINITY) {
        schema.put("maximum", max);
      }
      return schema;
    }

    @Override
    public Optional<Object> read(Node node) {
      if (!(node instanceof ScalarNode scalar && scalar.value() instanceof Number number)) {
        return Optional.empty();
      }
      double value = number.doubleValue();
      boolean inside = value == Math.rint(value) && value >= min && value <= max;
      return inside && Math.abs(value) < 0x1p63
          ? Optional.of(number.longValue())
          : Optional.empty();
    }
  }

  /** A finite number. */
  record Real(Param param) implements Kind {
    @Override
    public String words() {
      String range = Configs.range(param, false);
      return range.equals("a finite number") ? range : "a number, " + range;
    }

    @Override
    public Map<String, Object> schema() {
      Map<String, Object> schema = new LinkedHashMap<>();
      schema.put("type", "number");
      if (param.min() > Double.NEGATIVE_INFINITY) {
        schema.put("minimum", param.min());
      }
      if (param.max() < Double.POSITIVE_INFINITY) {
        schema.put("maximum", param.max());
      }
      return schema;
    }

    @Override
    public Optional<Object> read(Node node) {
      return node instanceof ScalarNode scalar
              && scalar.value() instanceof Number number
              && number.doubleValue() >= param.min()
              && number.doubleValue() <= param.max()
          ? Optional.of(number.doubleValue())
          : Optional.empty();
    }
  }

  /** True or false. */
  record Flag() implements Kind {
    @Override
    public String words() {
      return "true or false";
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of("type", "boolean");
    }

    @Override
    public Optional<Object> read(Node node) {
      return node instanceof ScalarNode scalar && scalar.value() instanceof Boolean flag
          ? Optional.of(flag)
          : Optional.empty();
    }
  }

  /** Any text. */
  record Text() implements Kind {
    @Override
    public String words() {
      return "text";
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of("type", "string");
    }

    @Override
    public Optional<Object> read(Node node) {
      return node instanceof ScalarNode scalar && scalar.value() instanceof String text
          ? Optional.of(text)
          : Optional.empty();
    }
  }

  /** One of a closed list of words. */
  record Choice(List<String> choices) implements Kind {
    @Override
    public String words() {
      return "one of: " + String.join(", ", choices);
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of("enum", choices);
    }

    @Override
    public Optional<Object> read(Node node) {
      return new Text().read(node).filter(choices::contains);
    }
  }

  /** A list; the settings of a plugin may be lists of lists. */
  record Items(Kind item) implements Kind {
    @Override
    public String words() {
      return "a list; each item must be " + item.words();
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of("type", "array", "items", item.schema());
    }

    @Override
    public Optional<Object> read(Node node) {
      if (!(node instanceof ListNode list)) {
        return Optional.empty();
      }
      List<Object> values = new ArrayList<>();
      list.items().forEach(value -> item.read(value).ifPresent(values::add));
      return values.size() == list.items().size()
          ? Optional.of(List.copyOf(values))
          : Optional.empty();
    }
  }

  /**
   * A time with its unit.
   *
   * @param min in seconds
   * @param max in seconds
   */
  record Span(double min, double max) implements Kind {
    @Override
    public String words() {
      return "a time with its unit (ms, s, m, h or d), such as 60s or 1.5h";
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of("type", "string", "pattern", Durations.PATTERN);
    }

    @Override
    public Optional<Object> read(Node node) {
      return new Text()
          .read(node)
          .flatMap(text -> Durations.parse((String) text))
          .filter(time -> Durations.seconds(time) >= min && Durations.seconds(time) <= max)
          .map(time -> time);
    }
  }

  /**
   * A number of steps or epochs, or a time.
   *
   * @param time whether it may be a time
   */
  record Interval(boolean time) implements Kind {
    @Override
    public String words() {
      return "an interval, such as '200 steps' or '5 epochs'" + (time ? " or '30s'" : "");
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of("type", "string", "pattern", time ? Every.PATTERN : Every.COUNTED_PATTERN);
    }

    @Override
    public Optional<Object> read(Node node) {
      return new Text()
          .read(node)
          .flatMap(text -> Every.parse((String) text))
          .filter(every -> time || !(every instanceof Every.Time))
          .map(every -> every);
    }
  }
}
