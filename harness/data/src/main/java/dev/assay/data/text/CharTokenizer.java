package dev.assay.data.text;

import dev.assay.spi.Tokenizer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The distinct characters (code points) of the training text in order, then the end. An exact
 * inverse on texts made of those characters.
 *
 * <p>If held-out text has other characters, an unknown token follows the end and stands for each of
 * them; it decodes to U+FFFD. Its probability is that of the whole class of unseen characters, so
 * scores of such text are too good when compared with those of other tokenizers. {@code byte} has
 * no such limit.
 */
final class CharTokenizer implements Tokenizer {
  static final String RULES = "char/1";
  static final String WITH_UNKNOWN = "char/1 with unknown";

  private static final int NONE = -1;
  private static final String REPLACEMENT = "\uFFFD";

  private final int[] characters;
  private final int[] tokenOf;
  private final int unknown;
  private final String hash;

  private CharTokenizer(int[] characters, boolean withUnknown) {
    this.characters = characters;
    unknown = withUnknown ? characters.length + 1 : NONE;
    int largest = characters.length == 0 ? -1 : characters[characters.length - 1];
    tokenOf = new int[largest + 1];
    Arrays.fill(tokenOf, NONE);
    for (int token = 0; token < characters.length; token++) {
      tokenOf[characters[token]] = token;
    }
    hash = Fingerprint.of(definition());
  }

  static CharTokenizer of(List<String> train, List<String> heldOut) {
    BitSet seen = characters(train);
    BitSet unseen = characters(heldOut);
    unseen.andNot(seen);
    return new CharTokenizer(seen.stream().toArray(), !unseen.isEmpty());
  }

  static CharTokenizer of(List<String> definition) {
    int[] characters =
        Vocabulary.entries(definition).stream()
            .mapToInt(entry -> Integer.parseInt(entry, 16))
            .toArray();
    return new CharTokenizer(characters, definition.getFirst().equals(WITH_UNKNOWN));
  }

  private static BitSet characters(List<String> texts) {
    BitSet characters = new BitSet();
    texts.forEach(text -> text.codePoints().forEach(characters::set));
    return characters;
  }

  @Override
  public String kind() {
    return "char";
  }

  @Override
  public int size() {
    return characters.length + (unknown == NONE ? 1 : 2);
  }

  @Override
  public int end() {
    return characters.length;
  }

  /**
   * @throws IllegalArgumentException if a character is not in the vocabulary and there is no
   *     unknown token
   */
  @Override
  public int[] encode(String text) {
    int[] tokens = text.codePoints().toArray();
    for (int i = 0; i < tokens.length; i++) {
      int character = tokens[i];
      int token = character < tokenOf.length ? tokenOf[character] : NONE;
      tokens[i] = token == NONE ? unknown(character, i) : token;
    }
    return tokens;
  }

  private int unknown(int character, int position) {
    if (unknown == NONE) {
      throw new IllegalArgumentException(
          "character '%s' (U+%04X) at position %d does not occur in the training text; the tokenizer 'byte' has every character"
              .formatted(Character.toString(character), character, position));
    }
    return unknown;
  }

  @Override
  public String decode(int[] tokens) {
    StringBuilder text = new StringBuilder(tokens.length);
    for (int token : Vocabulary.ofText(this, tokens)) {
      if (token == unknown) {
        text.append(REPLACEMENT);
      } else {
        text.appendCodePoint(characters[token]);
      }
    }
    return text.toString();
  }

  @Override
  public List<String> definition() {
    return Vocabulary.definition(
        unknown == NONE ? RULES : WITH_UNKNOWN,
        Arrays.stream(characters).mapToObj(Integer::toHexString).toList());
  }

  @Override
  public String hash() {
    return hash;
  }
}
