/**
 * The plugin to copy when writing one: the smallest model that passes the whole contract.
 *
 * <p>May import: {@code dev.assay.spi}, {@code dev.assay.nn} and {@code dev.assay.tensor}; never
 * the runner, never another plugin.
 */
@NullMarked
package dev.assay.plugins.template;

import org.jspecify.annotations.NullMarked;
