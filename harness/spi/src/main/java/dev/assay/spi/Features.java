package dev.assay.spi;

import java.util.Optional;

/**
 * What a frozen network makes of some values, one row for each.
 *
 * @param pooled one vector for each value, in which distances stand for content: [width]
 * @param spatial where the network has it, an earlier layer that still knows places: [numbers]
 * @param logits where the network classifies, before the softmax: [classes]
 */
public record Features(
    Values.Dense pooled, Optional<Values.Dense> spatial, Optional<Values.Dense> logits) {}
