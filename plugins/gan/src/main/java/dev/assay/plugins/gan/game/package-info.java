/**
 * One update of two players against each other, shared by all papers of this family: a paper gives
 * the two losses and the networks.
 *
 * <p>May import: {@code dev.assay.spi}, {@code dev.assay.nn}, {@code dev.assay.tensor} and {@code
 * plugins.gan.network}; never the runner, never another plugin.
 */
@NullMarked
package dev.assay.plugins.gan.game;

import org.jspecify.annotations.NullMarked;
