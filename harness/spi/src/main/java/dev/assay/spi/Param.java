package dev.assay.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Default, bounds and meaning of one component of a configuration record. Component types are int,
 * long, double, boolean, String, enums, and lists of those; a component that is a record is a group
 * of settings, and carries none itself. In YAML a component {@code learningRate} is the key {@code
 * learning_rate}; an enum constant {@code TOP_K} is {@code top_k}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Param {
  /** One sentence: meaning and unit. */
  String doc();

  /** Default as it would stand in YAML; a list as {@code [a, b]}. */
  String value();

  /** Smallest allowed number. */
  double min() default Double.NEGATIVE_INFINITY;

  /** Largest allowed number. */
  double max() default Double.POSITIVE_INFINITY;
}
