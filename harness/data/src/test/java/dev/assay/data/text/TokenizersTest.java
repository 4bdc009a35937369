package dev.assay.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.spi.States;
import dev.assay.spi.Tokenizer;
import dev.assay.spi.TokenizerSpec;
import dev.assay.spi.TokenizerSpec.Scheme;
import dev.assay.spi.TokenizerSpec.Side;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenizersTest {
  private static final String MIXED = "naïve 😀 – Ωmega\n\ttab\u0000";

  @ParameterizedTest
  @ValueSource(strings = {"byte", "char"})
  void decodingGivesBackExactlyWhatWasEncoded(String kind) {
    Tokenizer tokenizer = create(kind, List.of(MIXED));
    assertThat(tokenizer.kind()).isEqualTo(kind);
    assertThat(tokenizer.decode(tokenizer.encode(MIXED))).isEqualTo(MIXED);
    assertThat(tokenizer.encode("")).isEmpty();
    assertThat(tokenizer.decode(new int[0])).isEmpty();
  }

  @Test
  void bytesAreThoseOfUtf8AndTheEndFollowsThem() {
    Tokenizer bytes = create("byte", List.of());
    assertThat(bytes.size()).isEqualTo(257);
    assertThat(bytes.end()).isEqualTo(256);
    assertThat(bytes.encode("é€")).containsExactly(0xC3, 0xA9, 0xE2, 0x82, 0xAC);
    assertThat(bytes.decode(new int[] {'a', 0xFF, 'b'})).isEqualTo("a\uFFFDb");
  }

  @Test
  void charactersAreCodePointsInOrder() {
    Tokenizer chars = create("char", List.of("ba😀", "ab"));
    assertThat(chars.size()).isEqualTo(4);
    assertThat(chars.end()).isEqualTo(3);
    assertThat(chars.encode("a😀b")).containsExactly(0, 2, 1);
  }

  @Test
  void anUnseenCharacterIsAnErrorUnlessHeldOutTextNeedsTheUnknownToken() {
    Tokenizer strict = create("char", List.of("abc"), List.of("cab"));
    assertThat(strict.size()).isEqualTo(4);
    assertThatThrownBy(() -> strict.encode("abé"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'é' (U+00E9) at position 2")
        .hasMessageContaining("byte");
    Tokenizer lenient = create("char", List.of("abc"), List.of("cabz"));
    assertThat(lenient.size()).isEqualTo(5);
    assertThat(lenient.encode("azé")).containsExactly(0, 4, 4);
    assertThat(lenient.decode(new int[] {0, 4})).isEqualTo("a\uFFFD");
    assertThat(lenient.hash()).isNotEqualTo(strict.hash());
  }

  @Test
  void wordsAreThoseThatOccurTwiceTheCommonestFirst() {
    Tokenizer words = create("word", List.of("the cat, the dog.", "the dog's cat, once"));
    // the 3; then "," and "cat" twice, in order of their characters
    assertThat(words.size()).isEqualTo(5);
    assertThat(words.end()).isEqualTo(4);
    assertThat(words.encode("the cat, dog")).containsExactly(0, 2, 1, 3);
    assertThat(words.decode(new int[] {0, 2, 1, 3})).isEqualTo("the cat, <unk>");
  }

  @Test
  void joinedWordsHaveSpacesWhereAReaderExpectsThem() {
    String text = "Well, (so) it's done!\nA co-op: 7%.";
    Tokenizer words = create("word", List.of(text, text));
    assertThat(words.decode(words.encode(text.replace(" ", "   ")))).isEqualTo(text);
    assertThat(words.decode(words.encode("Well,\r\nA"))).isEqualTo("Well,\nA");
  }

  @ParameterizedTest
  @ValueSource(strings = {"byte", "char", "word"})
  void endAndPaddingDecodeToNothingAndOtherNumbersAreRefused(String kind) {
    Tokenizer tokenizer = create(kind, List.of("a a b b"));
    int a = tokenizer.encode("a")[0];
    int end = tokenizer.end();
    assertThat(tokenizer.decode(new int[] {end, a, end, Tokenizer.PADDING})).isEqualTo("a");
    assertThatThrownBy(() -> tokenizer.decode(new int[] {tokenizer.size()}))
        .hasMessageContaining("outside a vocabulary of " + tokenizer.size());
    assertThatThrownBy(() -> tokenizer.decode(new int[] {-2})).hasMessageContaining("-2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"char", "word"})
  void theHashIsThatOfTheVocabulary(String kind) {
    Tokenizer one = create(kind, List.of("a a b b"));
    assertThat(one.hash())
        .matches("[0-9a-f]{64}")
        .isEqualTo(create(kind, List.of("b b a a")).hash())
        .isNotEqualTo(create(kind, List.of("a a c c")).hash());
  }

  @ParameterizedTest
  @EnumSource
  void aTokenizerCanBeMadeAgainFromACheckpointAndNoOtherPasses(Scheme scheme) {
    TokenizerSpec spec = new TokenizerSpec(scheme, Side.X, 270, 1);
    String text = "low lower lowest, new newer newest\nwide wider widest é";
    Tokenizer tokenizer = Tokenizers.create(spec, List.of(text));
    LongsStore store = new LongsStore();
    States.save(tokenizer, "tokens", store);
    States.check(tokenizer, "tokens", store);
    List<String> definition = States.definition("tokens", store);
    assertThat(definition).isEqualTo(tokenizer.definition());
    Tokenizer again = Tokenizers.of(definition);
    assertThat(again.kind()).isEqualTo(tokenizer.kind());
    assertThat(again.hash()).isEqualTo(tokenizer.hash());
    assertThat(again.encode(text)).isEqualTo(tokenizer.encode(text));
    assertThat(again.decode(again.encode(text))).isEqualTo(tokenizer.decode(again.encode(text)));
    Tokenizer other = create(scheme == Scheme.BYTE ? "char" : "byte", List.of("x"));
    assertThatThrownBy(() -> States.check(other, "tokens", store))
        .hasMessageContaining(tokenizer.hash())
        .hasMessageContaining(other.hash());
  }

  @Test
  void rulesOfNoTokenizerAreRefused() {
    assertThatThrownBy(() -> Tokenizers.of(List.of("bpe/9")))
        .hasMessage("no tokenizer has the rules 'bpe/9'");
  }

  @Test
  void theCutOffDecidesWhichWordsAreKnown() {
    List<String> texts = List.of("a b b c c c");
    for (Scheme scheme : List.of(Scheme.WORD, Scheme.SPACED)) {
      for (int minimum = 1; minimum <= 4; minimum++) {
        Tokenizer words = Tokenizers.create(new TokenizerSpec(scheme, Side.X, 1, minimum), texts);
        assertThat(words.size()).as("%s, %d", scheme, minimum).isEqualTo(4 - minimum + 2);
      }
    }
  }

  @Test
  void spacedWordsStayAsTheyAre() {
    String text = "I_TURN_LEFT AH0 @-@ <unk> ,\nB";
    Tokenizer spaced = create("spaced", List.of(text, text));
    assertThat(spaced.decode(spaced.encode(text))).isEqualTo(text);
    assertThat(spaced.decode(spaced.encode("  B \n  AH0  new"))).isEqualTo("B\nAH0 <unk>");
  }

  private static Tokenizer create(String kind, List<String> train) {
    return create(kind, train, List.of());
  }

  private static Tokenizer create(String kind, List<String> train, List<String> heldOut) {
    Scheme scheme = Scheme.valueOf(kind.toUpperCase(Locale.ROOT));
    return Tokenizers.create(TokenizerSpec.of(scheme), train, heldOut);
  }
}
