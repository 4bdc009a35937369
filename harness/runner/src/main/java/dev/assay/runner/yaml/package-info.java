/**
 * YAML as plain data: a tree that knows where every key and value stands, and problems that show
 * it.
 *
 * <p>May import: the YAML parser.
 */
@NullMarked
package dev.assay.runner.yaml;

import org.jspecify.annotations.NullMarked;
