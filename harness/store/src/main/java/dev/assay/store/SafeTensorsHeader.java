package dev.assay.store;

import dev.assay.store.NamedArrays.Array;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The header of a safetensors file.
 *
 * @param dataStart where the numbers start in the file
 */
record SafeTensorsHeader(List<Entry> entries, Map<String, String> metadata, long dataStart) {
  private static final String METADATA = "__metadata__";
  private static final int MOST_BYTES = 16 << 20;
  private static final int MOST_ENTRIES = 100_000;
  private static final int MOST_AXES = 16;
  private static final int LONGEST_NAME = 512;

  /**
   * One array.
   *
   * @param start first byte within the data section
   * @param end byte after the last
   */
  record Entry(String name, String type, int[] shape, long start, long end) {
    Array allocate() {
      int length = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
      return switch (type) {
        case "F32" -> new Array.F32(shape, new float[length]);
        case "F64" -> new Array.F64(shape, new double[length]);
        case "I32" -> new Array.I32(shape, new int[length]);
        case "I64" -> new Array.I64(shape, new long[length]);
        default -> throw new IllegalStateException("unchecked type " + type);
      };
    }
  }

  static SafeTensorsHeader of(Map<String, Array> arrays, Map<String, String> metadata) {
    List<Entry> entries = new ArrayList<>();
    long at = 0;
    for (Map.Entry<String, Array> e : arrays.entrySet()) {
      Array array = e.getValue();
      if (e.getKey().equals(METADATA) || e.getKey().length() > LONGEST_NAME) {
        throw new IllegalArgumentException("no name for an array: '" + e.getKey() + "'");
      }
      long end = at + (long) array.length() * array.width();
      entries.add(new Entry(e.getKey(), array.type(), array.shape(), at, end));
      at = end;
    }
    return new SafeTensorsHeader(entries, metadata, 0);
  }

  /** JSON, padded with spaces so that the numbers start at a multiple of 8. */
  byte[] encode() {
    ObjectNode root = Json.MAPPER.createObjectNode();
    ObjectNode facts = root.putObject(METADATA);
    metadata.forEach(facts::put);
    for (Entry entry : entries) {
      ObjectNode node = root.putObject(entry.name());
      node.put("dtype", entry.type());
      ArrayNode shape = node.putArray("shape");
      Arrays.stream(entry.shape()).forEach(shape::add);
      node.putArray("data_offsets").add(entry.start()).add(entry.end());
    }
    byte[] json = Json.MAPPER.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
    if (json.length > MOST_BYTES - 8) {
      throw new IllegalArgumentException("a header of " + json.length + " bytes is too large");
    }
    byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }

  static SafeTensorsHeader read(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    long length = size < 8 ? -1 : bytes(file, channel, 8).getLong();
    if (length < 2 || length > Math.min(MOST_BYTES, size - 8)) {
      throw new DamagedFileException(file, "a header of " + length + " bytes in a file of " + size);
    }
    JsonNode root;
    try {
      root = Json.STRICT.readTree(bytes(file, channel, (int) length).array());
    } catch (JacksonException e) {
      throw new DamagedFileException(file, "its header is no JSON: " + e.getOriginalMessage());
    }
    return new Check(file).header(root, 8 + length, size);
  }

  private static ByteBuffer bytes(Path file, FileChannel channel, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new DamagedFileException(file, "it ends inside its header");
      }
    }
    return buffer.flip();
  }

  /** Takes nothing in a header on trust. */
  private record Check(Path file) {
    SafeTensorsHeader header(JsonNode root, long dataStart, long size) throws IOException {
      require(root.isObject(), "its header is no JSON object");
      require(root.size() <= MOST_ENTRIES, "its header has " + root.size() + " entries");
      Map<String, String> metadata = new LinkedHashMap<>();
      List<Entry> entries = new ArrayList<>();
      for (Map.Entry<String, JsonNode> property : root.properties()) {
        if (property.getKey().equals(METADATA)) {
          for (Map.Entry<String, JsonNode> fact : property.getValue().properties()) {
            require(fact.getValue().isString(), "metadata '" + fact.getKey() + "' is no text");
            metadata.put(fact.getKey(), fact.getValue().stringValue());
          }
        } else {
          entries.add(entry(property.getKey(), property.getValue()));
        }
      }
      long at = 0;
      for (Entry entry : entries) {
        require(entry.start() == at, "'" + entry.name() + "' does not follow its predecessor");
        at = entry.end();
      }
      require(
          dataStart + at == size,
          "its header speaks of " + at + " bytes of numbers, there are " + (size - dataStart));
      return new SafeTensorsHeader(entries, metadata, dataStart);
    }

    private Entry entry(String name, JsonNode node) throws IOException {
      require(name.length() <= LONGEST_NAME, "a name of " + name.length() + " characters");
      String type = node.path("dtype").stringValue("");
      int width =
          switch (type) {
            case "F32", "I32" -> 4;
            case "F64", "I64" -> 8;
            default -> 0;
          };
      require(width > 0, "'" + name + "' has type '" + type + "', not F32, F64, I32 or I64");
      JsonNode axes = node.path("shape");
      require(axes.isArray() && axes.size() <= MOST_AXES, "'" + name + "' has no usable shape");
      int[] shape = new int[axes.size()];
      long length = 1;
      for (int i = 0; i < shape.length; i++) {
        JsonNode extent = axes.get(i);
        require(
            extent.canConvertToInt() && extent.isIntegralNumber() && extent.intValue() >= 0,
            "'" + name + "' has extent " + extent);
        shape[i] = extent.intValue();
        length *= shape[i];
        require(length <= Integer.MAX_VALUE - 8, "'" + name + "' has too many elements");
      }
      JsonNode offsets = node.path("data_offsets");
      require(
          offsets.size() == 2
              && offsets.get(0).isIntegralNumber()
              && offsets.get(0).canConvertToLong()
              && offsets.get(1).isIntegralNumber()
              && offsets.get(1).canConvertToLong(),
          "'" + name + "' has no usable offsets");
      long start = offsets.get(0).longValue();
      long end = offsets.get(1).longValue();
      require(
          start >= 0 && end - start == length * width,
          "'" + name + "' has " + length + " elements in bytes " + start + " to " + end);
      return new Entry(name, type, shape, start, end);
    }

    private void require(boolean holds, String otherwise) throws IOException {
      if (!holds) {
        throw new DamagedFileException(file, otherwise);
      }
    }
  }
}
