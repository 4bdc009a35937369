/**
 * The threads of the CPU backend: a team that runs one body at a time, meets at barriers and shares
 * out tiles.
 *
 * <p>May import: the JDK and {@code dev.assay.cpu.memory}.
 */
@NullMarked
package dev.assay.cpu.crew;

import org.jspecify.annotations.NullMarked;
