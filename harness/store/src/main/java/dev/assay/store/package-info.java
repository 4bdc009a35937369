/**
 * Run records on disk, and their rebuildable index. The files are the truth.
 *
 * <p>May import: the JDK, Jackson and commons-csv; nothing of Assay, so that the dashboard can read
 * records without the engine.
 */
@NullMarked
package dev.assay.store;

import org.jspecify.annotations.NullMarked;
