package dev.assay.data.read;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Sound of a WAV file: PCM of 16 bits, one channel.
 *
 * @param rate samples a second
 */
public record Wav(int rate, short[] samples) {
  private static final int RIFF_BYTES = 12;
  private static final int CHUNK_BYTES = 8;
  private static final int FORMAT_BYTES = 16;
  private static final int PCM = 1;

  /**
   * @param name for messages
   * @throws MalformedFileException if it is no WAV file of this kind
   */
  public static Wav of(String name, byte[] file) throws MalformedFileException {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (file.length < RIFF_BYTES || !id(in, 0).equals("RIFF") || !id(in, 8).equals("WAVE")) {
      throw new MalformedFileException(name, "", "not a WAV file");
    }
    int rate = 0;
    for (int at = RIFF_BYTES; at + CHUNK_BYTES <= file.length; ) {
      String id = id(in, at);
      int size = in.getInt(at + 4);
      int from = at + CHUNK_BYTES;
      if (size < 0 || size > file.length - from) {
        throw new MalformedFileException(
            name, "byte " + at, "the chunk '" + id + "' claims " + size + " bytes");
      }
      if (id.equals("fmt ")) {
        rate = rate(name, in, from, size);
      } else if (id.equals("data")) {
        if (rate == 0) {
          throw new MalformedFileException(name, "byte " + at, "sound before its format");
        }
        short[] samples = new short[size / Short.BYTES];
        in.slice(from, size).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return new Wav(rate, samples);
      }
      at = from + size + size % 2;
    }
    throw new MalformedFileException(name, "", "has no sound");
  }

  private static int rate(String name, ByteBuffer in, int at, int size)
      throws MalformedFileException {
    if (size < FORMAT_BYTES) {
      throw new MalformedFileException(name, "byte " + at, "a format of " + size + " bytes");
    }
    int coding = in.getShort(at);
    int channels = in.getShort(at + 2);
    int bits = in.getShort(at + 14);
    if (coding != PCM || channels != 1 || bits != Short.SIZE) {
      throw new MalformedFileException(
          name,
          "byte " + at,
          "coding %d, %d channels, %d bits; only coding 1, 1 channel and 16 bits are read"
              .formatted(coding, channels, bits));
    }
    return in.getInt(at + 4);
  }

  private static String id(ByteBuffer in, int at) {
    byte[] id = new byte[4];
    in.get(at, id);
    return new String(id, StandardCharsets.US_ASCII);
  }
}
