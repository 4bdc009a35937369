package dev.assay.data.text;

import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.List;

/** Texts of any characters there are. */
final class RandomTexts {
  private static final String MARKS = " \t\n\r  '’`.,!?-_#\u00A0\u3000\u0085\u001C";
  private static final String LETTERS = "abcdestrlmvABC";

  private RandomTexts() {}

  /** From all of Unicode but surrogates, from a few scripts, and from what rules speak of. */
  static List<String> of(int count, long seed) {
    RandomStream random = RandomStream.root(seed);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(24);
      for (int j = 0; j < length; j++) {
        text.appendCodePoint(character(random));
      }
      texts.add(text.toString());
    }
    return texts;
  }

  private static int character(RandomStream random) {
    return switch (random.nextInt(7)) {
      case 0 -> scalar(random);
      case 1 -> 0xAC00 + random.nextInt(11172);
      case 2 -> 0x1F300 + random.nextInt(0x300);
      case 3 -> '0' + random.nextInt(10);
      case 4 -> MARKS.charAt(random.nextInt(MARKS.length()));
      default -> LETTERS.charAt(random.nextInt(LETTERS.length()));
    };
  }

  private static int scalar(RandomStream random) {
    int c = random.nextInt(0x110000 - 0x800);
    return c < 0xD800 ? c : c + 0x800;
  }
}
