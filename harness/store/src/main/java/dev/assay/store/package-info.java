/**
 * Run records on disk, and their rebuildable index. The files are the truth.
 *
 * <p>May import: the JDK, Jackson, commons-csv and {@code dev.assay.statistics}, none of which
 * needs the engine: the dashboard reads records without it.
 */
@NullMarked
package dev.assay.store;

import org.jspecify.annotations.NullMarked;
