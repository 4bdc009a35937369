/**
 * Benchmarks of the engine, and the programs that run them. Built by every build, run by hand.
 *
 * <p>May import: the engine, {@code dev.assay.spi} and JMH. Nothing imports this package.
 */
@NullMarked
package dev.assay.bench;

import org.jspecify.annotations.NullMarked;
