package dev.assay.spi;

/**
 * What a model is, for readers of a leaderboard.
 *
 * @param name full name, such as "Variational autoencoder"
 * @param family such as {@code vae}
 * @param paper authors and title of the source
 * @param year of the source
 * @param equations what the code implements, such as "ELBO, eq. 3; reparameterisation, §2.4"
 */
public record ModelCard(String name, String family, String paper, int year, String equations) {}
