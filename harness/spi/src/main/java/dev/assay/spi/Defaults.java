package dev.assay.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a component that is a group of settings: defaults that here differ from those of the group.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Defaults {
  /** Such as {@code learning_rate=3e-3}; the value as {@link Param#value}. */
  String[] value();
}
