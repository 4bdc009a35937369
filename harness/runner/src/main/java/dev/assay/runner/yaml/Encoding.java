package dev.assay.runner.yaml;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** From bytes to text, refusing what is not clean UTF-8. */
final class Encoding {
  private static final String HELP = "save the file as UTF-8 without a byte-order mark";
  private static final int LONGEST_LINE = 16_384;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private Encoding() {}

  /** The text; what cannot be decoded is reported. */
  static Source decode(String name, byte[] bytes, Problems problems) {
    if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)) {
      return fail(name, "", "the file is UTF-16", problems);
    }
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      String shown = "0x%02X".formatted(bytes[in.position()]);
      return fail(name, text, "the byte " + shown + " is not UTF-8", problems);
    }
    Source source = new Source(name, text);
    characters(source, problems);
    return source;
  }

  private static boolean startsWith(byte[] bytes, int first, int second) {
    return bytes.length >= 2 && (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
  }

  private static Source fail(String name, String before, String message, Problems problems) {
    Source source = new Source(name, before + "\uFFFD");
    Mark end = source.end();
    problems.add(new Mark(source, end.line(), end.column() - 1, 1), message, HELP);
    return source;
  }

  private static void characters(Source source, Problems problems) {
    for (int number = 1; number <= source.lines().size(); number++) {
      String line = source.line(number);
      if (line.length() > LONGEST_LINE) {
        problems.add(
            new Mark(source, number, LONGEST_LINE + 1, 1),
            "a line of more than " + LONGEST_LINE + " characters",
            "break it: a list or map may have an item a line");
        continue;
      }
      boolean indentation = true;
      for (int i = 0; i < line.length(); i++) {
        char c = line.charAt(i);
        Mark mark = new Mark(source, number, i + 1, 1);
        if (c == '\t' && indentation && !line.isBlank()) {
          problems.add(mark, "a tab indents this line", "indent with spaces, two a level");
          break;
        } else if (c == BYTE_ORDER_MARK) {
          problems.add(mark, "a byte-order mark (U+FEFF)", HELP);
        } else if (c != '\t' && Character.isISOControl(c)) {
          problems.add(
              mark, "a control character (U+%04X)".formatted((int) c), "remove the character");
          break;
        }
        indentation &= c == ' ';
      }
    }
  }
}
