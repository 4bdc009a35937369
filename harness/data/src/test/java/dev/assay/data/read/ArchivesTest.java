package dev.assay.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;

/** Tar, zip and WAV. */
final class ArchivesTest {
  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A file of an archive: its header and its content, each a multiple of 512 bytes. */
  private static byte[] entry(String name, char type, String size, byte[] content) {
    ByteBuffer out = ByteBuffer.allocate(512 + (content.length + 511) / 512 * 512);
    out.put(0, ascii(name)).put(124, ascii(size)).put(156, (byte) type).put(512, content);
    return out.array();
  }

  private static ByteSource tar(byte[]... entries) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      all.writeBytes(entry);
    }
    all.writeBytes(new byte[1024]);
    return Bytes.named("a.tar", all.toByteArray());
  }

  @Test
  void filesOfATarComeInOrderWithoutFolders() throws IOException {
    byte[] large = new byte[700];
    Arrays.fill(large, (byte) 'x');
    ByteSource source =
        tar(
            entry("d/", '5', "00000000000", new byte[0]),
            entry("d/one", '0', "00000000003", ascii("abc")),
            entry("d/two", '0', "00000001274", large),
            entry("d/three", '0', "00000000001", ascii("z")));
    List<String> seen = new ArrayList<>();
    Tar.visit(
        source, 700, (name, content) -> seen.add(name + " " + content.length + (char) content[0]));
    assertThat(seen).containsExactly("d/one 3a", "d/two 700x", "d/three 1z");
  }

  @Test
  void aTarThatIsCutShortOrHoldsTooMuchIsRefused() {
    byte[] file = entry("one", '0', "00000000003", ascii("abc"));
    assertThatThrownBy(() -> Tar.visit(tar(file), 2, (_, _) -> {}))
        .isInstanceOf(MalformedFileException.class)
        .hasMessage("a.tar, one: has 3 bytes, but at most 2 are read");
    ByteSource cut = Bytes.named("a.tar", Arrays.copyOf(file, 514));
    assertThatThrownBy(() -> Tar.visit(cut, 10, (_, _) -> {}))
        .isInstanceOf(MalformedFileException.class)
        .hasMessage("a.tar, one: is cut short");
    byte[] odd = entry("one", '0', "0000000009x", new byte[0]);
    assertThatThrownBy(() -> Tar.visit(tar(odd), 10, (_, _) -> {}))
        .hasMessage("a.tar, one: its size is '0000000009x', not octal");
  }

  @Test
  void aFileOfAZipIsFoundByItsName() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("a"));
      zip.putNextEntry(new ZipEntry("b"));
      zip.write(ascii("text"));
    }
    ByteSource archive = Bytes.named("x.zip", bytes.toByteArray());
    assertThat(TextFile.lines(Zip.file(archive, "b", 4))).containsExactly("text");
    assertThatThrownBy(() -> Zip.file(archive, "c", 4))
        .hasMessage("x.zip: has no 'c'; it has a, b");
    assertThatThrownBy(() -> Zip.file(archive, "b", 3))
        .hasMessage("x.zip, b: has more than the 3 bytes that are read");
  }

  /** The JDK's own writer is the second implementation. */
  private static byte[] sound(AudioFormat format, byte[] samples) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long frames = samples.length / format.getFrameSize();
    try (AudioInputStream stream =
        new AudioInputStream(new ByteArrayInputStream(samples), format, frames)) {
      AudioSystem.write(stream, AudioFileFormat.Type.WAVE, out);
    }
    return out.toByteArray();
  }

  @Test
  void aSoundOfSixteenBitsIsRead() throws IOException {
    short[] samples = {0, 1, -1, 1000, Short.MIN_VALUE, Short.MAX_VALUE};
    ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(samples);
    byte[] file = sound(new AudioFormat(8000, 16, 1, true, false), bytes.array());
    Wav wav = Wav.of("a.wav", file);
    assertThat(wav.rate()).isEqualTo(8000);
    assertThat(wav.samples()).containsExactly(samples);
    assertThatThrownBy(() -> Wav.of("a.wav", Arrays.copyOf(file, file.length - 2)))
        .hasMessage("a.wav, byte 36: the chunk 'data' claims 12 bytes");
  }

  @Test
  void anotherKindOfSoundIsRefused() throws IOException {
    byte[] stereo = sound(new AudioFormat(8000, 16, 2, true, false), new byte[8]);
    assertThatThrownBy(() -> Wav.of("a.wav", stereo))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("coding 1, 2 channels, 16 bits");
    assertThatThrownBy(() -> Wav.of("a.wav", ascii("not a sound at all")))
        .hasMessage("a.wav: not a WAV file");
  }
}
