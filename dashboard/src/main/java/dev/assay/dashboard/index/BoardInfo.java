package dev.assay.dashboard.index;

/**
 * A board without its rows.
 *
 * @param rows models, settings, samplers, backends and precisions on it
 * @param runs with a number on it
 */
public record BoardInfo(
    String id,
    String dataset,
    String metric,
    String kind,
    String unit,
    String direction,
    String signature,
    long rows,
    long runs) {}
