package dev.assay.data.text;

import dev.assay.spi.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The bytes of UTF-8, then the end. An exact inverse for every text without unpaired surrogates;
 * bytes that are no UTF-8, as a model may draw them, decode to U+FFFD.
 */
final class ByteTokenizer implements Tokenizer {
  private static final int BYTES = 256;
  static final String RULES = "byte/1";

  private static final String HASH = Fingerprint.of(List.of(RULES));

  @Override
  public String kind() {
    return "byte";
  }

  @Override
  public int size() {
    return BYTES + 1;
  }

  @Override
  public int end() {
    return BYTES;
  }

  @Override
  public int[] encode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int[] tokens = new int[bytes.length];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = bytes[i] & 0xFF;
    }
    return tokens;
  }

  @Override
  public String decode(int[] tokens) {
    int[] values = Vocabulary.ofText(this, tokens);
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public List<String> definition() {
    return List.of(RULES);
  }

  @Override
  public String hash() {
    return HASH;
  }
}
