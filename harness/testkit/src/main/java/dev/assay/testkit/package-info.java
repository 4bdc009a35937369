/**
 * The contract that every model plugin inherits, and the checks it is made of: gradients,
 * invertibility, golden files.
 *
 * <p>May import: {@code dev.assay.spi}, {@code dev.assay.data}, the engine, JUnit and AssertJ. Only
 * tests import this package.
 */
@NullMarked
package dev.assay.testkit;

import org.jspecify.annotations.NullMarked;
