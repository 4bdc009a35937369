package dev.assay.runner.machine;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * An NVIDIA GPU as its driver sees it now, whatever process uses it.
 *
 * @param memory in bytes
 * @param memoryUsed in bytes
 * @param utilisation per cent of the time in which a kernel ran, lately
 * @param smClock of the multiprocessors, in MHz
 * @param memoryClock in MHz
 * @param milliwatts that it draws
 * @param millijoules since the driver was loaded; from Volta on
 */
public record Gpu(
    String name,
    OptionalLong memory,
    OptionalLong memoryUsed,
    OptionalInt utilisation,
    OptionalInt smClock,
    OptionalInt memoryClock,
    OptionalInt milliwatts,
    OptionalLong millijoules) {}
