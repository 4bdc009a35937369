package dev.assay.data.read;

import java.io.IOException;

/**
 * A file's content cannot be used. The message begins with the file and, where known, the place.
 */
public final class MalformedFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param file name of the file
   * @param place such as {@code line 3, column 2}; empty if it is the file as a whole
   * @param problem what is wrong, with the value, and what is expected
   */
  public MalformedFileException(String file, String place, String problem) {
    super(place.isEmpty() ? file + ": " + problem : file + ", " + place + ": " + problem);
  }
}
