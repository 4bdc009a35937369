package dev.assay.dashboard.page;

import dev.assay.store.RunFolder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** What lies beside the records of a {@link Gallery}. */
final class GalleryFiles {
  private GalleryFiles() {}

  /** When it began, and that it ended 42 seconds later. */
  static void events(RunFolder folder, String begin, String status) throws IOException {
    String end = begin.replace(":00.000", ":42.000");
    Files.writeString(
        folder.events(),
        """
        {"time":"%s","event":"start"}
        {"time":"%s","event":"end","status":"%s","reason":""}
        """
            .formatted(begin, end, status));
  }

  /** A loss that falls to {@code last}. */
  static void curves(RunFolder folder, int steps, double last, double seconds) throws IOException {
    StringBuilder lines = new StringBuilder("step,examples,seconds,name,value\n");
    for (int step = 1; step <= steps; step++) {
      double loss = last + 20 * Math.exp(-step / 8.0);
      lines.append(
          String.format(
              Locale.ROOT,
              "%d,%d,%.4f,train.loss,%.5f%n",
              step,
              step * 64,
              seconds * step / steps,
              loss));
    }
    Files.writeString(folder.curves(), lines);
  }

  /** Noise as a grid of samples, and as their nearest training examples. */
  static void pictures(RunFolder run) throws IOException {
    Path samples = Files.createDirectories(run.samples());
    BufferedImage image = new BufferedImage(60, 60, BufferedImage.TYPE_BYTE_GRAY);
    Random random = new Random(1);
    for (int i = 0; i < 3600; i++) {
      image.setRGB(i % 60, i / 60, random.nextBoolean() ? 0xffffff : 0);
    }
    ImageIO.write(image, "png", samples.resolve("samples.png").toFile());
    ImageIO.write(image, "png", samples.resolve("samples-nearest.png").toFile());
  }

  /** Two names as text, and a second of 440 Hz. */
  static void media(RunFolder run) throws IOException {
    Path samples = Files.createDirectories(run.samples());
    Files.writeString(samples.resolve("names.txt"), "emma\nolivia\n");
    byte[] tone = new byte[8000];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (byte) (128 + 60 * Math.sin(i * 2 * Math.PI * 440 / 8000));
    }
    AudioFormat format = new AudioFormat(8000, 8, 1, false, false);
    try (AudioInputStream sound =
        new AudioInputStream(new ByteArrayInputStream(tone), format, tone.length)) {
      AudioSystem.write(sound, AudioFileFormat.Type.WAVE, samples.resolve("tone.wav").toFile());
    }
  }

  /** 200 points of the plane. */
  static void points(RunFolder run) throws IOException {
    Path samples = Files.createDirectories(run.samples());
    Random random = new Random(3);
    List<String> lines = new ArrayList<>(List.of("x0,x1"));
    for (int i = 0; i < 200; i++) {
      lines.add(random.nextGaussian() + "," + random.nextGaussian());
    }
    Files.write(samples.resolve("samples.csv"), lines);
  }
}
