/** Logistic regression of a class on the words of a text, whatever their order. */
@NullMarked
package dev.assay.plugins.statistical.bagofwords;

import org.jspecify.annotations.NullMarked;
