package dev.assay.dashboard.index;

/**
 * A board without its rows.
 *
 * @param rows models, settings, samplers, backends and precisions on it
 * @param runs with a number on it
 * @param changed the revision of the index at which its dataset's runs changed last; nothing on it
 *     differs while this is the same
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
    long runs,
    long changed) {}
