/**
 * What the machine tells of its GPUs and its memory; what it does not tell is empty, never 0.
 *
 * <p>May import: the JDK.
 */
@NullMarked
package dev.assay.runner.machine;

import org.jspecify.annotations.NullMarked;
