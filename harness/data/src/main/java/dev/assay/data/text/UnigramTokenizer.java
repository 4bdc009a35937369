package dev.assay.data.text;

import dev.assay.spi.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The unigram language model of pieces (Kudo 2018, §3.2) over the bytes of {@link PreTokens}: a
 * pre-token is cut in the way that is likeliest under independent pieces. Tokens are the 256 bytes,
 * the learnt pieces, the end. An exact inverse for every text without unpaired surrogates.
 */
final class UnigramTokenizer implements Tokenizer {
  static final String RULES = "unigram/1";

  private static final int BYTES = 256;

  private final Pieces pieces;
  private final PieceCache cache;
  private final String hash;

  private UnigramTokenizer(Pieces pieces) {
    this.pieces = pieces;
    cache = new PieceCache(word -> pieces.best(word.getBytes(StandardCharsets.UTF_8)));
    hash = Fingerprint.of(definition());
  }

  /**
   * @param vocabulary most tokens but the end; below 256 the bytes alone remain
   */
  static UnigramTokenizer train(List<String> texts, int vocabulary) {
    return new UnigramTokenizer(UnigramTrainer.pieces(texts, Math.max(BYTES, vocabulary)));
  }

  static UnigramTokenizer of(List<String> definition) {
    List<String> entries = Vocabulary.entries(definition);
    byte[][] bytes = new byte[entries.size()][];
    double[] logs = new double[entries.size()];
    for (int i = 0; i < bytes.length; i++) {
      String entry = entries.get(i);
      int space = entry.indexOf(' ');
      logs[i] = Double.parseDouble(entry.substring(0, space));
      bytes[i] = entry.substring(space + 1).getBytes(StandardCharsets.ISO_8859_1);
    }
    return new UnigramTokenizer(new Pieces(bytes, logs));
  }

  @Override
  public String kind() {
    return "unigram";
  }

  @Override
  public int size() {
    return pieces.count() + 1;
  }

  @Override
  public int end() {
    return pieces.count();
  }

  @Override
  public int[] encode(String text) {
    return cache.encode(text);
  }

  @Override
  public String decode(int[] tokens) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4 * tokens.length);
    for (int token : Vocabulary.ofText(this, tokens)) {
      bytes.writeBytes(pieces.bytes(token));
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** ln probability, space, bytes as characters of ISO 8859-1. */
  @Override
  public List<String> definition() {
    return Vocabulary.definition(
        RULES,
        IntStream.range(0, pieces.count())
            .mapToObj(
                i -> pieces.log(i) + " " + new String(pieces.bytes(i), StandardCharsets.ISO_8859_1))
            .toList());
  }

  @Override
  public String hash() {
    return hash;
  }
}
