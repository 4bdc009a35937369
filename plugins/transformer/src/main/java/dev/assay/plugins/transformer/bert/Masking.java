package dev.assay.plugins.transformer.bert;

import dev.assay.tensor.RandomStream;
import java.util.Arrays;

/**
 * Rows of which some tokens are to be told. Of these 80 % are hidden, 10 % are replaced by a random
 * token, and 10 % stay. Devlin et al. 2019, §3.1 and A.1.
 *
 * @param tokens [rows, block], as the model reads them
 * @param lengths [rows], tokens of each
 * @param places [rows, most]: row · block + place in the row; −1 for none
 * @param targets [rows, most]: the tokens that stood there; −1 for none
 * @param count places in all
 */
record Masking(int[] tokens, int[] lengths, int[] places, int[] targets, int count) {
  private static final int NONE = -1;
  private static final double HIDDEN = 0.8;
  private static final double REPLACED = 0.9;

  /**
   * @param whole [rows, block] tokens, −1 behind the end of a row; the first of a row is never
   *     hidden
   * @param most places in a row
   * @param share of a row's tokens
   * @param mask the token that hides
   * @param choices tokens that can replace: 0 … choices − 1
   */
  static Masking of(
      int[] whole, int block, int most, double share, int mask, int choices, RandomStream random) {
    int rows = whole.length / block;
    int[] tokens = whole.clone();
    int[] lengths = new int[rows];
    int[] places = new int[rows * most];
    Arrays.fill(places, NONE);
    int[] targets = places.clone();
    int count = 0;
    for (int row = 0; row < rows; row++) {
      int from = row * block;
      int length = length(whole, from, block);
      lengths[row] = Math.max(1, length);
      int told = Math.clamp(Math.round(share * (length - 1)), length > 1 ? 1 : 0, most);
      int[] order = random.permutation(Math.max(0, length - 1));
      for (int i = 0; i < told; i++) {
        int place = from + 1 + order[i];
        places[row * most + i] = place;
        targets[row * most + i] = whole[place];
        double u = random.nextDouble();
        if (u < HIDDEN) {
          tokens[place] = mask;
        } else if (u < REPLACED) {
          tokens[place] = random.nextInt(choices);
        }
      }
      count += told;
    }
    return new Masking(tokens, lengths, places, targets, count);
  }

  private static int length(int[] tokens, int from, int block) {
    int length = 0;
    while (length < block && tokens[from + length] >= 0) {
      length++;
    }
    return length;
  }
}
