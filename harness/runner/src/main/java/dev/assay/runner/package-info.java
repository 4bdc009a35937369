/**
 * From an experiment file to finished runs: reading, planning, the training loop, stop rules,
 * checkpoints, statistics and the gate.
 *
 * <p>May import: {@code dev.assay.spi}, {@code dev.assay.store}, Jackson and the schema libraries.
 * Models, datasets, metrics and backends reach it only through {@link java.util.ServiceLoader}.
 */
@NullMarked
package dev.assay.runner;

import org.jspecify.annotations.NullMarked;
