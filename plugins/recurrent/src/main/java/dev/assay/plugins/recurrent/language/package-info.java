/**
 * Language models of recurrent cells: the simple recurrent network (Elman 1990; Mikolov et al.
 * 2010), the gated recurrent unit (Cho et al. 2014) and long short-term memory (Hochreiter and
 * Schmidhuber 1997). They differ in the cell alone.
 *
 * <p>May import: {@code dev.assay.spi} and its {@code text}, {@code dev.assay.nn} and its {@code
 * decoding}, {@code dev.assay.tensor} and this module's {@code cell}; never the runner, never
 * another plugin.
 */
@NullMarked
package dev.assay.plugins.recurrent.language;

import org.jspecify.annotations.NullMarked;
