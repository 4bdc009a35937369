/**
 * The regression gate: whether a candidate's results are worse than a baseline's, by more than a
 * margin and beyond chance; and the reports that CI reads.
 */
@NullMarked
package dev.assay.runner.gate;

import org.jspecify.annotations.NullMarked;
