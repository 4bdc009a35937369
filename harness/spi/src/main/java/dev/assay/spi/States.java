package dev.assay.spi;

import dev.assay.nn.ParameterStore;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Moves the state of networks and tokenizers to and from a checkpoint. */
public final class States {
  private static final String HASH = ".hash";
  private static final String SIZE = ".bytes";
  private static final String DEFINITION = ".definition";

  private States() {}

  /** Writes every variable of the store, parameters and buffers, under its own name. */
  public static void save(ParameterStore from, StateStore to) {
    from.forEach((name, variable) -> {
      float[] values = new float[variable.shape().size()];
      variable.read(values);
      to.putFloats(name, variable.shape(), values);
    });
  }

  /**
   * Sets every variable of the store to what {@link #save} wrote.
   *
   * @throws IllegalStateException if a name is missing or its shape differs
   */
  public static void restore(ParameterStore to, StateStore from) {
    to.forEach((name, variable) -> variable.write(from.floats(name, variable.shape())));
  }

  /** Writes a tokenizer's hash and definition. */
  public static void save(Tokenizer tokenizer, String name, StateStore to) {
    to.putLongs(name + HASH, longs(HexFormat.of().parseHex(tokenizer.hash())));
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (String entry : tokenizer.definition()) {
      byte[] utf8 = entry.getBytes(StandardCharsets.UTF_8);
      packed.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
      packed.writeBytes(utf8);
    }
    to.putLongs(name + SIZE, packed.size());
    to.putLongs(name + DEFINITION, longs(packed.toByteArray()));
  }

  /**
   * Makes sure that a checkpoint belongs to a tokenizer.
   *
   * @throws IllegalStateException if it was written with another one; the message names both hashes
   */
  public static void check(Tokenizer tokenizer, String name, StateStore from) {
    String saved = HexFormat.of().formatHex(bytes(from.longs(name + HASH)));
    if (!saved.equals(tokenizer.hash())) {
      throw new IllegalStateException(
          "the checkpoint's tokenizer '%s' has hash %s, but this data gives one of hash %s"
              .formatted(name, saved, tokenizer.hash()));
    }
  }

  /** The {@link Tokenizer#definition} that {@link #save(Tokenizer, String, StateStore)} wrote. */
  public static List<String> definition(String name, StateStore from) {
    int size = (int) from.longs(name + SIZE)[0];
    ByteBuffer packed = ByteBuffer.wrap(bytes(from.longs(name + DEFINITION)), 0, size);
    List<String> entries = new ArrayList<>();
    while (packed.hasRemaining()) {
      byte[] utf8 = new byte[packed.getInt()];
      packed.get(utf8);
      entries.add(new String(utf8, StandardCharsets.UTF_8));
    }
    return entries;
  }

  /** Eight bytes to a number, the last filled up with zeros. */
  private static long[] longs(byte[] bytes) {
    ByteBuffer padded = ByteBuffer.allocate((bytes.length + 7) / Long.BYTES * Long.BYTES);
    padded.put(0, bytes);
    long[] numbers = new long[padded.capacity() / Long.BYTES];
    padded.asLongBuffer().get(numbers);
    return numbers;
  }

  private static byte[] bytes(long[] numbers) {
    ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES * numbers.length);
    buffer.asLongBuffer().put(numbers);
    return buffer.array();
  }
}
