/**
 * The contract that every model plugin inherits ({@link dev.assay.testkit.ModelContract}), the toy
 * data it runs on, and the checks it is made of.
 *
 * <p>May import: {@code dev.assay.spi}, {@code dev.assay.data}, the engine, JUnit and AssertJ. Only
 * tests import this package.
 */
@NullMarked
package dev.assay.testkit;

import org.jspecify.annotations.NullMarked;
