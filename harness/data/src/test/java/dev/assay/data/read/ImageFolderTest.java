package dev.assay.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageFolderTest {
  @TempDir private Path folder;

  private void grey(String name, int... levels) throws IOException {
    BufferedImage image = new BufferedImage(levels.length, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, levels.length, 1, levels);
    save(name, image, "png");
  }

  private void colour(String name, int type, String format, int... argb) throws IOException {
    BufferedImage image = new BufferedImage(argb.length, 1, type);
    image.setRGB(0, 0, argb.length, 1, argb, 0, argb.length);
    save(name, image, format);
  }

  private void save(String name, BufferedImage image, String format) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
  }

  @Test
  void greyLevelsAreThoseOfTheFileAndOrderIsThatOfThePaths() throws IOException {
    grey("b.png", 3, 2, 1);
    grey("a.png", 0, 127, 255);
    Files.writeString(folder.resolve("notes.txt"), "no image");
    ImageFolder images = ImageFolder.read(folder);
    assertThat(images.examples().item().dims()).containsExactly(1, 3, 1);
    assertThat(images.examples().data()).containsExactly(0, 127, 255, 3, 2, 1);
    assertThat(images.labels()).isEmpty();
  }

  @Test
  void oneColouredImageGivesAllThreeChannels() throws IOException {
    grey("a.png", 9, 8);
    colour("b.png", BufferedImage.TYPE_INT_RGB, "png", 0xFF010203, 0xFF646464);
    ImageFolder images = ImageFolder.read(folder);
    assertThat(images.examples().item().dims()).containsExactly(1, 2, 3);
    assertThat(images.examples().data()).containsExactly(9, 9, 9, 8, 8, 8, 1, 2, 3, 100, 100, 100);
  }

  @Test
  void transparencyIsLaidOnWhite() throws IOException {
    colour("a.png", BufferedImage.TYPE_INT_ARGB, "png", 0x00FF0000, 0x80000000, 0xFF000000);
    // 255 · (1 − 128/255) = 127
    assertThat(ImageFolder.read(folder).examples().data()).containsExactly(255, 127, 0);
  }

  @Test
  void foldersAreClassesInAlphabeticalOrder() throws IOException {
    grey("dog/1.png", 1, 1);
    grey("cat/2.png", 2, 2);
    grey("dog/0.png", 3, 3);
    ImageFolder images = ImageFolder.read(folder);
    assertThat(images.classes()).containsExactly("cat", "dog");
    assertThat(images.labels().orElseThrow().labels()).containsExactly(0, 1, 1);
    assertThat(images.examples().data()).containsExactly(2, 2, 3, 3, 1, 1);
  }

  @Test
  void jpegIsRead() throws IOException {
    int[] plain = new int[16];
    Arrays.fill(plain, 0xFF808080);
    colour("a.jpg", BufferedImage.TYPE_INT_RGB, "jpg", plain);
    for (float level : ImageFolder.read(folder).examples().data()) {
      assertThat(level).isBetween(126f, 130f);
    }
  }

  @Test
  void misfitsAreNamed() throws IOException {
    assertThatThrownBy(() -> ImageFolder.read(folder.resolve("no")))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("no such folder");
    assertThatThrownBy(() -> ImageFolder.read(folder)).hasMessageContaining("has no .png");
    grey("a.png", 1, 2);
    grey("b.png", 1, 2, 3);
    assertThatThrownBy(() -> ImageFolder.read(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("b.png: 1 × 3 pixels, but a.png has 1 × 2");
    Files.delete(folder.resolve("b.png"));
    grey("x/c.png", 1, 2);
    assertThatThrownBy(() -> ImageFolder.read(folder))
        .hasMessageContaining("a.png: stands beside folders");
  }

  @Test
  void damagedFilesAreNamed() throws IOException {
    Files.writeString(folder.resolve("a.png"), "no image at all");
    assertThatThrownBy(() -> ImageFolder.read(folder))
        .hasMessageContaining("a.png: neither PNG nor JPEG");
    grey("b.png", new int[300]);
    byte[] whole = Files.readAllBytes(folder.resolve("b.png"));
    Files.write(folder.resolve("a.png"), Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> ImageFolder.read(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("a.png: damaged image");
  }
}
