/**
 * The command line: the one place that reads arguments, prints, and chooses exit codes.
 *
 * <p>May import: {@code dev.assay.runner}, what that exposes, and picocli.
 */
@NullMarked
package dev.assay.cli;

import org.jspecify.annotations.NullMarked;
