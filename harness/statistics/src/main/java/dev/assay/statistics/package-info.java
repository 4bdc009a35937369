/**
 * How numbers of repeated runs are summarised, tested and ranked: one definition each, for metrics,
 * leaderboards, comparisons and the gate.
 *
 * <p>May import: the JDK and commons-statistics; nothing of Assay.
 */
@NullMarked
package dev.assay.statistics;

import org.jspecify.annotations.NullMarked;
