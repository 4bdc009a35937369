package dev.assay.nn.decoding;

import dev.assay.tensor.RandomStream;

/**
 * One sequence to be completed.
 *
 * @param prompt tokens that it begins with, at least one
 * @param limit most tokens to add, at least 0
 * @param stop when to stop before that
 * @param random decides its tokens alone
 */
public record Continuation(int[] prompt, int limit, StopRule stop, RandomStream random) {
  public Continuation {
    if (prompt.length == 0) {
      throw new IllegalArgumentException("a prompt has at least one token");
    }
    if (limit < 0) {
      throw new IllegalArgumentException("the limit must be at least 0: " + limit);
    }
  }

  /** Decides after each new token whether it was the last. */
  @FunctionalInterface
  public interface StopRule {
    /**
     * @param tokens the added ones are at from … to − 1
     * @param from length of the prompt
     * @param to more than {@code from}
     */
    boolean stops(int[] tokens, int from, int to);
  }
}
