package dev.assay.data.read;

import dev.assay.spi.Values;
import dev.assay.tensor.Shape;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * PNG and JPEG files of a folder, all of one size, with 256 levels. If all files lie in
 * sub-folders, each sub-folder is a class.
 *
 * @param examples images [height, width, channels] in order of their paths; one channel if all are
 *     grey, else three
 * @param classes names of the sub-folders in alphabetical order; empty if there are none
 * @param labels class of each image, if there are classes
 */
public record ImageFolder(
    Values.Dense examples, List<String> classes, Optional<Values.Labels> labels) {
  private static final int MAX_NUMBERS = 1 << 29;

  /**
   * Reads a folder.
   *
   * @throws MalformedFileException naming the file that is no such image or has another size
   */
  public static ImageFolder read(Path folder) throws IOException {
    List<Path> files = files(folder);
    List<String> classes = classes(folder, files);
    RgbImage first = RgbImage.read(files.getFirst());
    int pixels = first.height() * first.width();
    if (3L * pixels * files.size() > MAX_NUMBERS) {
      throw new MalformedFileException(
          folder.toString(),
          "",
          "%d images of %d × %d pixels are more than %d numbers"
              .formatted(files.size(), first.height(), first.width(), MAX_NUMBERS));
    }
    byte[][] images = new byte[files.size()][];
    boolean grey = true;
    for (int i = 0; i < images.length; i++) {
      RgbImage image = i == 0 ? first : RgbImage.read(files.get(i));
      if (image.height() != first.height() || image.width() != first.width()) {
        throw new MalformedFileException(
            files.get(i).toString(),
            "",
            "%d × %d pixels, but %s has %d × %d; bring all to one size"
                .formatted(
                    image.height(),
                    image.width(),
                    files.getFirst().getFileName(),
                    first.height(),
                    first.width()));
      }
      images[i] = image.rgb();
      grey &= image.isGrey();
    }
    Shape item = Shape.of(first.height(), first.width(), grey ? 1 : 3);
    return new ImageFolder(
        new Values.Dense(item, levels(images, pixels, grey ? 1 : 3)),
        classes,
        classes.isEmpty() ? Optional.empty() : Optional.of(labels(files, classes)));
  }

  /** Image files of a folder and its sub-folders, in order of their paths. */
  public static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new FileNotFoundException(folder + ": no such folder");
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder, 2)) {
      files = all.filter(ImageFolder::isImage).sorted().toList();
    }
    if (files.isEmpty()) {
      throw new MalformedFileException(
          folder.toString(), "", "has no .png, .jpg or .jpeg file, nor has a folder inside it");
    }
    return files;
  }

  private static boolean isImage(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return (name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg"))
        && Files.isRegularFile(file);
  }

  private static List<String> classes(Path folder, List<Path> files) throws MalformedFileException {
    List<Path> loose = files.stream().filter(file -> folder.equals(file.getParent())).toList();
    if (loose.size() == files.size()) {
      return List.of();
    }
    if (!loose.isEmpty()) {
      throw new MalformedFileException(
          loose.getFirst().toString(),
          "",
          "stands beside folders with images; put every image into the folder of its class");
    }
    return files.stream().map(ImageFolder::className).distinct().sorted().toList();
  }

  private static String className(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return String.valueOf(folder == null ? null : folder.getFileName());
  }

  private static Values.Labels labels(List<Path> files, List<String> classes) {
    return new Values.Labels(
        files.stream().mapToInt(file -> classes.indexOf(className(file))).toArray());
  }

  private static float[] levels(byte[][] images, int pixels, int channels) {
    float[] levels = new float[images.length * pixels * channels];
    int at = 0;
    for (byte[] rgb : images) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        for (int channel = 0; channel < channels; channel++) {
          levels[at++] = rgb[3 * pixel + channel] & 0xFF;
        }
      }
    }
    return levels;
  }
}
