package dev.assay.data.text;

import dev.assay.spi.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Byte-level byte-pair encoding as GPT-2 has it (Radford et al. 2019, §2.2): {@link PreTokens} as
 * bytes of UTF-8, whose pairs are merged in the order in which {@link BpeTrainer} learnt them.
 * Tokens are the 256 bytes, the merges, the end. An exact inverse for every text without unpaired
 * surrogates.
 */
final class BpeTokenizer implements Tokenizer {
  static final String RULES = "bpe/1";

  private static final int BYTES = 256;

  private final List<Long> merges;
  private final Map<Long, Integer> mergedOf;
  private final byte[][] bytesOf;
  private final PieceCache cache = new PieceCache(this::piece);
  private final String hash;

  private BpeTokenizer(List<Long> merges) {
    this.merges = List.copyOf(merges);
    mergedOf = HashMap.newHashMap(merges.size());
    bytesOf = new byte[BYTES + merges.size()][];
    for (int b = 0; b < BYTES; b++) {
      bytesOf[b] = new byte[] {(byte) b};
    }
    for (int i = 0; i < merges.size(); i++) {
      long pair = merges.get(i);
      mergedOf.put(pair, BYTES + i);
      byte[] left = bytesOf[PairCounts.left(pair)];
      byte[] right = bytesOf[PairCounts.right(pair)];
      byte[] both = Arrays.copyOf(left, left.length + right.length);
      System.arraycopy(right, 0, both, left.length, right.length);
      bytesOf[BYTES + i] = both;
    }
    hash = Fingerprint.of(definition());
  }

  /**
   * @param vocabulary most tokens but the end; below 256 the bytes alone remain
   */
  static BpeTokenizer train(List<String> texts, int vocabulary) {
    return new BpeTokenizer(BpeTrainer.merges(texts, Math.max(0, vocabulary - BYTES)));
  }

  static BpeTokenizer of(List<String> definition) {
    return new BpeTokenizer(
        Vocabulary.entries(definition).stream()
            .map(entry -> entry.split(" "))
            .map(pair -> PairCounts.pair(Integer.parseInt(pair[0]), Integer.parseInt(pair[1])))
            .toList());
  }

  @Override
  public String kind() {
    return "bpe";
  }

  @Override
  public int size() {
    return bytesOf.length + 1;
  }

  @Override
  public int end() {
    return bytesOf.length;
  }

  @Override
  public int[] encode(String text) {
    return cache.encode(text);
  }

  /** Merges the earliest learnt pair wherever it stands, until no pair is known. */
  private int[] piece(String preToken) {
    int[] units = BpeTrainer.bytes(preToken);
    int size = units.length;
    while (size > 1) {
      int best = Integer.MAX_VALUE;
      for (int i = 0; i + 1 < size; i++) {
        best = Math.min(best, merged(units[i], units[i + 1]));
      }
      if (best == Integer.MAX_VALUE) {
        break;
      }
      int kept = 0;
      for (int i = 0; i < size; i++) {
        boolean here = i + 1 < size && merged(units[i], units[i + 1]) == best;
        units[kept++] = here ? best : units[i];
        i += here ? 1 : 0;
      }
      size = kept;
    }
    return Arrays.copyOf(units, size);
  }

  private int merged(int left, int right) {
    return mergedOf.getOrDefault(PairCounts.pair(left, right), Integer.MAX_VALUE);
  }

  @Override
  public String decode(int[] tokens) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4 * tokens.length);
    for (int token : Vocabulary.ofText(this, tokens)) {
      bytes.writeBytes(bytesOf[token]);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public List<String> definition() {
    return Vocabulary.definition(
        RULES,
        merges.stream().map(pair -> PairCounts.left(pair) + " " + PairCounts.right(pair)).toList());
  }

  @Override
  public String hash() {
    return hash;
  }
}
