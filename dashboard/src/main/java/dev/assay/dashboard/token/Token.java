package dev.assay.dashboard.token;

/**
 * What is kept of a token.
 *
 * @param id its public name, hexadecimal
 * @param note free text, for people
 * @param scope {@code read} or {@code upload}
 * @param sha256 of the secret, hexadecimal
 * @param expires RFC 3339
 */
public record Token(
    String id, String note, String scope, String sha256, String created, String expires) {}
