package dev.assay.spi;

/**
 * Secrets that were planted among the training examples, and others of the same making that were
 * not.
 *
 * @param planted each of them; they stand among the training examples
 * @param others never seen in training
 * @param copies how often each planted one stands among the training examples
 */
public record Canaries(Batch planted, Batch others, int copies) {}
