package dev.assay.plugins.onnx;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;

/**
 * A network and what it wants, from a file of properties.
 *
 * @param file the ONNX file; a relative one lies beside the settings
 * @param height of an image as the network wants it
 * @param width of an image as the network wants it
 * @param channels 1 or 3; a grey image is repeated, a coloured one averaged
 * @param channelsFirst whether the input is [n, channels, height, width], else [n, height, width,
 *     channels]
 * @param mean of each channel, subtracted from intensities of 0 to 1
 * @param deviation of each channel, by which they are divided then
 * @param output name of the output that holds the features
 * @param logits name of the output that holds logits of classes, where there is one
 */
record OnnxSettings(
    Path file,
    int height,
    int width,
    int channels,
    boolean channelsFirst,
    float[] mean,
    float[] deviation,
    String output,
    Optional<String> logits) {
  private static final List<String> KEYS =
      List.of("file", "size", "channels", "layout", "mean", "sd", "output", "logits");
  private static final int LARGEST = 4096;

  /**
   * Reads settings such as {@code file=inception.onnx}, {@code size=299x299}, {@code output=pool}.
   *
   * @throws IOException if the file cannot be read, or holds what is no setting
   */
  static OnnxSettings read(Path settings) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(settings)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new IOException("there are no settings of a network " + settings, e);
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException("the settings " + settings + " cannot be read: " + e.getMessage(), e);
    }
    Reading reading = new Reading(settings, properties);
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      if (!KEYS.contains(key)) {
        throw reading.wrong(key, "is none; choose from " + String.join(", ", KEYS));
      }
    }
    int[] size = reading.size();
    int channels = reading.oneOf("channels", "3", "1", "3").equals("1") ? 1 : 3;
    Path folder = settings.toAbsolutePath().getParent();
    return new OnnxSettings(
        (folder == null ? settings : folder).resolve(reading.required("file")),
        size[0],
        size[1],
        channels,
        reading.oneOf("layout", "nchw", "nchw", "nhwc").equals("nchw"),
        reading.numbers("mean", 0, channels),
        reading.deviation(channels),
        reading.required("output"),
        Optional.ofNullable(properties.getProperty("logits")));
  }

  /** All that decides the features and logits of an image but the network itself. */
  String canonical() {
    return "%dx%dx%d|%s|%s|%s|%s%s"
        .formatted(
            height,
            width,
            channels,
            channelsFirst ? "nchw" : "nhwc",
            Arrays.toString(mean),
            Arrays.toString(deviation),
            output,
            logits.map(name -> "|" + name).orElse(""));
  }

  /** One file of settings. */
  private record Reading(Path settings, Properties properties) {
    IOException wrong(String key, String why) {
      return new IOException(
          "%s: the setting '%s=%s' %s"
              .formatted(settings, key, properties.getProperty(key, ""), why));
    }

    String required(String key) throws IOException {
      String value = properties.getProperty(key, "").strip();
      if (value.isEmpty()) {
        throw wrong(key, "is missing");
      }
      return value;
    }

    String oneOf(String key, String standard, String first, String second) throws IOException {
      String value = properties.getProperty(key, standard).strip();
      if (!value.equals(first) && !value.equals(second)) {
        throw wrong(key, "is neither " + first + " nor " + second);
      }
      return value;
    }

    int[] size() throws IOException {
      String value = required("size");
      if (!value.matches("\\d{1,4}x\\d{1,4}")) {
        throw wrong("size", "is no height and width such as 299x299");
      }
      int[] size = Arrays.stream(value.split("x")).mapToInt(Integer::parseInt).toArray();
      if (Math.min(size[0], size[1]) < 1 || Math.max(size[0], size[1]) > LARGEST) {
        throw wrong("size", "is not from 1 to " + LARGEST);
      }
      return size;
    }

    float[] numbers(String key, float standard, int channels) throws IOException {
      String value = properties.getProperty(key);
      float[] numbers = new float[channels];
      Arrays.fill(numbers, standard);
      if (value == null) {
        return numbers;
      }
      String[] parts = value.strip().split("\\s*,\\s*", -1);
      if (parts.length != 1 && parts.length != channels) {
        throw noNumbers(key, channels);
      }
      for (int c = 0; c < channels; c++) {
        try {
          numbers[c] = Float.parseFloat(parts[parts.length == 1 ? 0 : c]);
        } catch (NumberFormatException e) {
          throw noNumbers(key, channels);
        }
        if (!Float.isFinite(numbers[c])) {
          throw noNumbers(key, channels);
        }
      }
      return numbers;
    }

    private IOException noNumbers(String key, int channels) {
      return wrong(key, "is neither one number nor one for each of " + channels + " channels");
    }

    float[] deviation(int channels) throws IOException {
      float[] deviation = numbers("sd", 1, channels);
      for (float each : deviation) {
        if (!(each > 0)) {
          throw wrong("sd", "is not above 0");
        }
      }
      return deviation;
    }
  }
}
