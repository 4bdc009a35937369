package dev.assay.store;

/**
 * Why the samples of a run are not ranked.
 *
 * @param sampler which, as in {@link MetricRow#sampler}
 * @param metric what found it, such as {@code copying}
 * @param reason completes the sentence "unranked because …"
 */
public record Flag(String sampler, String metric, String reason) {}
