package dev.assay.runner.execute;

import dev.assay.spi.MuLaw;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Sound as the bytes of a WAV file: RIFF, PCM of 16 bits, one channel. */
final class WavBytes {
  private static final int HEADER = 44;
  private static final int FORMAT_BYTES = 16;
  private static final short PCM = 1;
  private static final short CHANNELS = 1;

  private WavBytes() {}

  /**
   * @param codes a character for each sample, its {@link MuLaw} code
   * @param rate samples a second
   */
  static byte[] of(String codes, int rate) {
    int bytes = codes.length() * Short.BYTES;
    ByteBuffer out = ByteBuffer.allocate(HEADER + bytes).order(ByteOrder.LITTLE_ENDIAN);
    out.put(ascii("RIFF")).putInt(HEADER - 8 + bytes).put(ascii("WAVE"));
    out.put(ascii("fmt ")).putInt(FORMAT_BYTES).putShort(PCM).putShort(CHANNELS);
    out.putInt(rate).putInt(rate * Short.BYTES);
    out.putShort((short) Short.BYTES).putShort((short) Short.SIZE);
    out.put(ascii("data")).putInt(bytes);
    codes.chars().forEach(code -> out.putShort(MuLaw.decode(Math.min(code, MuLaw.CODES - 1))));
    return out.array();
  }

  private static byte[] ascii(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }
}
