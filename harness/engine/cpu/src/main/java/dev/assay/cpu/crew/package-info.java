/**
 * The threads of the CPU backend: a team that does one job at a time, phase by phase, and shares
 * out the tiles of each.
 *
 * <p>May import: the JDK and {@code dev.assay.cpu.memory}.
 */
@NullMarked
package dev.assay.cpu.crew;

import org.jspecify.annotations.NullMarked;
