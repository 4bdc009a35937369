package dev.assay.data.read;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Files with one JSON object on each line. */
public final class JsonLines {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JsonLines() {}

  /**
   * How a field is read.
   *
   * @param kind of its value, as an error names it
   * @param read the value at which a parser stands; null if it is of another kind
   */
  private record Reader<T>(String kind, Function<JsonParser, @Nullable T> read) {}

  /**
   * One string field of each object; empty lines are left out.
   *
   * @param field name of a field of the object itself
   * @throws MalformedFileException naming the line that is no JSON object or lacks the field
   */
  public static List<String> texts(ByteSource source, String field) throws IOException {
    return fields(source, field, new Reader<>("a string", JsonLines::string));
  }

  /**
   * The same of a field that is a list of strings, at least one.
   *
   * @throws MalformedFileException naming the line that is no JSON object or lacks the field
   */
  public static List<List<String>> lists(ByteSource source, String field) throws IOException {
    return fields(source, field, new Reader<>("a list of strings", JsonLines::strings));
  }

  private static @Nullable String string(JsonParser parser) {
    return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getString() : null;
  }

  private static @Nullable List<String> strings(JsonParser parser) {
    List<String> texts = new ArrayList<>();
    boolean list = parser.currentToken() == JsonToken.START_ARRAY;
    while (list && parser.nextToken() == JsonToken.VALUE_STRING) {
      texts.add(parser.getString());
    }
    return texts.isEmpty() || parser.currentToken() != JsonToken.END_ARRAY ? null : texts;
  }

  private static <T> List<T> fields(ByteSource source, String field, Reader<T> reader)
      throws IOException {
    List<T> values = new ArrayList<>();
    try (BufferedReader lines = Utf8.reader(source.open())) {
      int number = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          values.add(value(source.name(), number, line, field, reader));
        }
        number++;
      }
    } catch (CharacterCodingException e) {
      throw Utf8.malformed(source.name(), e);
    }
    if (values.isEmpty()) {
      throw new MalformedFileException(source.name(), "", "has no objects");
    }
    return values;
  }

  private static <T> T value(String file, int number, String line, String field, Reader<T> reader)
      throws MalformedFileException {
    String place = "line " + number;
    Set<String> others = new TreeSet<>();
    try (JsonParser parser = JSON.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedFileException(file, place, "not a JSON object");
      }
      T found = null;
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (field.equals(name)) {
          found = reader.read().apply(parser);
          if (found == null) {
            throw new MalformedFileException(
                file, place, "the field '" + field + "' is not " + reader.kind());
          }
        } else {
          others.add(name);
          parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        throw new MalformedFileException(file, place, "more than one JSON value");
      }
      if (found == null) {
        throw new MalformedFileException(
            file, place, "no field '" + field + "'; it has " + String.join(", ", others));
      }
      return found;
    } catch (JacksonException e) {
      throw new MalformedFileException(
          file,
          place + ", column " + e.getLocation().getColumnNr(),
          "not JSON: " + e.getOriginalMessage());
    }
  }
}
