/**
 * What every backend must compute: {@link dev.assay.tensor.suite.OperatorSuite}, published as this
 * module's test jar.
 */
package dev.assay.tensor.suite;
