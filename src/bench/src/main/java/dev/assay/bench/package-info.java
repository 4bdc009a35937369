/**
 * JMH benchmarks of the engine. Built by every build, run by hand.
 *
 * <p>May import: the engine and {@code dev.assay.spi}. Nothing imports this package.
 */
@NullMarked
package dev.assay.bench;

import org.jspecify.annotations.NullMarked;
