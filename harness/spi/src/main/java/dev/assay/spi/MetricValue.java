package dev.assay.spi;

/**
 * One number with everything needed to know what it may be compared with.
 *
 * @param metric metric id
 * @param kind {@code exact}, {@code lower_bound}, {@code estimate}, {@code pseudo} for likelihoods
 *     (with the measure, such as {@code exact/mass}); {@code sample} for metrics of samples; {@code
 *     measured} for time and memory
 * @param value finite
 * @param low lower end of a 95 % interval over test items or samples; NaN if there is none
 * @param high upper end; NaN if there is none
 * @param n items behind the value
 * @param signature how it was made: metric version and settings, {@code key:value} parts joined by
 *     {@code |}
 */
public record MetricValue(
    String metric,
    String kind,
    Metric.Direction direction,
    double value,
    double low,
    double high,
    long n,
    String unit,
    String signature) {}
