/** What the tests of the kernels share. */
@NullMarked
package dev.assay.cpu.testing;

import org.jspecify.annotations.NullMarked;
