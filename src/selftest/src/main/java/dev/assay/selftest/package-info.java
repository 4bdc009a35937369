/**
 * What shows that a backend works on a machine, in one command: the operator suite against the
 * reference, the losses of training steps against the cpu backend, and how fast kernels and steps
 * are.
 *
 * <p>May import: the engine's tensors and their test suite, the benchmarks' steps, JUnit. Nothing
 * imports this package.
 */
@NullMarked
package dev.assay.selftest;

import org.jspecify.annotations.NullMarked;
