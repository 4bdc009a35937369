package dev.assay.store;

import dev.assay.store.NamedArrays.Array;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Files of named arrays in the safetensors format: eight bytes of header length, a JSON header, the
 * numbers, all little-endian (https://huggingface.co/docs/safetensors). The metadata entry {@link
 * #DIGEST} holds the SHA-256 of the numbers, checked on reading.
 */
public final class SafeTensors {
  /** Metadata key of the SHA-256 of everything after the header. */
  public static final String DIGEST = "sha256";

  private static final int CHUNK = 1 << 16;

  private SafeTensors() {}

  /** Writes the file atomically. */
  public static void write(Path file, NamedArrays content) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>(content.metadata());
    metadata.put(DIGEST, digest(content, name -> true));
    byte[] header = SafeTensorsHeader.of(content.arrays(), metadata).encode();
    AtomicFiles.write(
        file,
        out -> {
          out.write(length(header.length));
          out.write(header);
          for (Array array : content.arrays().values()) {
            emit(array, out::write);
          }
        });
  }

  /**
   * Reads the file whole.
   *
   * @throws DamagedFileException if it is not what {@link #write} wrote; nothing is allocated for
   *     numbers before the whole header is checked against the file's size
   */
  public static NamedArrays read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      SafeTensorsHeader header = SafeTensorsHeader.read(file, channel);
      Map<String, Array> arrays = new LinkedHashMap<>();
      MessageDigest digest = Digests.sha256();
      for (SafeTensorsHeader.Entry entry : header.entries()) {
        channel.position(header.dataStart() + entry.start());
        arrays.put(entry.name(), receive(file, entry, channel, digest));
      }
      String expected = header.metadata().get(DIGEST);
      String actual = HexFormat.of().formatHex(digest.digest());
      if (expected != null && !expected.equals(actual)) {
        throw new DamagedFileException(
            file, "its numbers have SHA-256 " + actual + ", but should have " + expected);
      }
      return new NamedArrays(arrays, header.metadata());
    }
  }

  /** SHA-256 of the numbers of the arrays whose names are chosen, in order, hexadecimal. */
  public static String digest(NamedArrays content, Predicate<String> chosen) {
    MessageDigest digest = Digests.sha256();
    content
        .arrays()
        .forEach((name, array) -> {
          if (chosen.test(name)) {
            emit(array, digest::update);
          }
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] length(long header) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header).array();
  }

  /** Takes the first {@code length} bytes of a chunk. */
  private interface Sink<X extends Exception> {
    void take(byte[] bytes, int offset, int length) throws X;
  }

  private static <X extends Exception> void emit(Array array, Sink<X> sink) throws X {
    byte[] bytes = new byte[CHUNK];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int step = CHUNK / array.width();
    for (int from = 0; from < array.length(); from += step) {
      int count = Math.min(step, array.length() - from);
      switch (array) {
        case Array.F32 a -> buffer.asFloatBuffer().put(a.values(), from, count);
        case Array.F64 a -> buffer.asDoubleBuffer().put(a.values(), from, count);
        case Array.I32 a -> buffer.asIntBuffer().put(a.values(), from, count);
        case Array.I64 a -> buffer.asLongBuffer().put(a.values(), from, count);
      }
      sink.take(bytes, 0, count * array.width());
    }
  }

  private static Array receive(
      Path file, SafeTensorsHeader.Entry entry, FileChannel channel, MessageDigest digest)
      throws IOException {
    Array array = entry.allocate();
    byte[] bytes = new byte[CHUNK];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int step = CHUNK / array.width();
    for (int from = 0; from < array.length(); from += step) {
      int count = Math.min(step, array.length() - from);
      buffer.clear().limit(count * array.width());
      while (buffer.hasRemaining()) {
        if (channel.read(buffer) < 0) {
          throw new DamagedFileException(file, "it ends inside '" + entry.name() + "'");
        }
      }
      buffer.flip();
      digest.update(bytes, 0, buffer.limit());
      switch (array) {
        case Array.F32 a -> buffer.asFloatBuffer().get(a.values(), from, count);
        case Array.F64 a -> buffer.asDoubleBuffer().get(a.values(), from, count);
        case Array.I32 a -> buffer.asIntBuffer().get(a.values(), from, count);
        case Array.I64 a -> buffer.asLongBuffer().get(a.values(), from, count);
      }
    }
    return array;
  }
}
