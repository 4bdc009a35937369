package dev.assay.data.read;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
   * One string field of each object; empty lines are left out.
   *
   * @param field name of a field of the object itself
   * @throws MalformedFileException naming the line that is no JSON object or lacks the field
   */
  public static List<String> texts(ByteSource source, String field) throws IOException {
    List<String> texts = new ArrayList<>();
    try (BufferedReader reader = Utf8.reader(source.open())) {
      int number = 1;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank()) {
          texts.add(text(source.name(), number, line, field));
        }
        number++;
      }
    } catch (CharacterCodingException e) {
      throw Utf8.malformed(source.name(), e);
    }
    if (texts.isEmpty()) {
      throw new MalformedFileException(source.name(), "", "has no objects");
    }
    return texts;
  }

  private static String text(String file, int number, String line, String field)
      throws MalformedFileException {
    String place = "line " + number;
    Set<String> others = new TreeSet<>();
    try (JsonParser parser = JSON.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedFileException(file, place, "not a JSON object");
      }
      String found = null;
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (!field.equals(name)) {
          others.add(name);
          parser.skipChildren();
        } else if (value == JsonToken.VALUE_STRING) {
          found = parser.getString();
        } else {
          throw new MalformedFileException(
              file, place, "the field '" + field + "' is not a string");
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
