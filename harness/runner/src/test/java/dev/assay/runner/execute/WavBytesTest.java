package dev.assay.runner.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.spi.MuLaw;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;

final class WavBytesTest {
  /** The JDK's own reader is the second implementation. */
  @Test
  void theFileIsASoundThatOthersCanPlay() throws Exception {
    byte[] file = WavBytes.of("\u0000\u0080\u00ff\u0040", 8000);
    try (AudioInputStream sound = AudioSystem.getAudioInputStream(new ByteArrayInputStream(file))) {
      assertThat(sound.getFormat().getSampleRate()).isEqualTo(8000);
      assertThat(sound.getFormat().getChannels()).isEqualTo(1);
      assertThat(sound.getFrameLength()).isEqualTo(4);
      assertThat(sound.getFormat().isBigEndian()).isFalse();
      short[] samples = new short[4];
      ByteBuffer.wrap(sound.readAllBytes())
          .order(ByteOrder.LITTLE_ENDIAN)
          .asShortBuffer()
          .get(samples);
      assertThat(samples)
          .containsExactly(Short.MIN_VALUE, MuLaw.decode(128), Short.MAX_VALUE, MuLaw.decode(64));
    }
  }
}
