package dev.assay.data.read;

import java.io.IOException;
import java.util.List;

/** Text files in UTF-8. */
public final class TextFile {
  private TextFile() {}

  /**
   * The whole text as it stands, without a byte order mark.
   *
   * @throws MalformedFileException if it is not UTF-8, empty, or longer than 2³⁰ bytes
   */
  public static String whole(ByteSource source) throws IOException {
    String text = Utf8.readAll(source);
    if (text.isEmpty()) {
      throw new MalformedFileException(source.name(), "", "is empty");
    }
    return text;
  }

  /**
   * Its lines without line ends; empty lines are left out.
   *
   * @throws MalformedFileException as {@link #whole}, and if all lines are empty
   */
  public static List<String> lines(ByteSource source) throws IOException {
    List<String> lines = whole(source).lines().filter(line -> !line.isEmpty()).toList();
    if (lines.isEmpty()) {
      throw new MalformedFileException(source.name(), "", "has no line with text");
    }
    return lines;
  }
}
