package dev.assay.data.read;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Strict UTF-8: what is not UTF-8 is an error, never a replacement character. */
final class Utf8 {
  /** Text of more bytes than this is refused. */
  static final int MAX_BYTES = 1 << 30;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private Utf8() {}

  /** Characters as they come, without a byte order mark. The caller closes it. */
  static BufferedReader reader(InputStream bytes) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                bytes,
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
    return reader;
  }

  /** The error of {@link #reader}'s stream, with the file's name. */
  static MalformedFileException malformed(String file, CharacterCodingException cause) {
    MalformedFileException e =
        new MalformedFileException(file, "", "not UTF-8 text (" + cause.getMessage() + ")");
    e.initCause(cause);
    return e;
  }

  /**
   * The whole text, without a byte order mark.
   *
   * @throws MalformedFileException at the first byte that is not UTF-8, and if it is too long
   */
  static String readAll(ByteSource source) throws IOException {
    byte[] bytes;
    try (InputStream in = source.open()) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw new MalformedFileException(
          source.name(), "", "longer than " + MAX_BYTES + " bytes, the most that is read as text");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    if (result.isError()) {
      int at = in.position();
      throw new MalformedFileException(
          source.name(),
          "byte " + at,
          "not UTF-8 text (0x%02X); convert the file to UTF-8".formatted(bytes[at]));
    }
    out.flip();
    if (out.hasRemaining() && out.get(0) == BYTE_ORDER_MARK) {
      out.get();
    }
    return out.toString();
  }
}
