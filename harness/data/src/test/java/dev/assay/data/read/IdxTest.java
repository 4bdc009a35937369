package dev.assay.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.spi.Values;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class IdxTest {
  private static Idx read(byte[] bytes) throws IOException {
    return Idx.read(Bytes.named("a-idx", bytes));
  }

  @Test
  void imagesComeWithAChannelAndLevelsUpTo255() throws IOException {
    Idx idx = read(Bytes.idx(new int[] {2, 1, 3}, 0, 1, 2, 128, 254, 255));
    assertThat(idx.bytes()).isTrue();
    Values.Dense images = idx.examples("a-idx");
    assertThat(images.item().dims()).containsExactly(1, 3, 1);
    assertThat(images.data()).containsExactly(0, 1, 2, 128, 254, 255);
  }

  @Test
  void packedFilesAreUnpacked() throws IOException {
    byte[] bytes = Bytes.gzip(Bytes.idx(new int[] {3}, 7, 0, 9));
    assertThat(Idx.read(Bytes.named("labels.gz", bytes)).labels("labels.gz").labels())
        .containsExactly(7, 0, 9);
  }

  @Test
  void allTypesAreRead() throws IOException {
    assertThat(read(typed(0x09, 2, b -> b.put((byte) -3).put((byte) 4))).data())
        .containsExactly(-3, 4);
    assertThat(read(typed(0x0B, 2, b -> b.putShort((short) -300).putShort((short) 5))).data())
        .containsExactly(-300, 5);
    assertThat(read(typed(0x0C, 1, b -> b.putInt(1 << 20))).data()).containsExactly(1 << 20);
    assertThat(read(typed(0x0D, 1, b -> b.putFloat(0.1f))).data()).containsExactly(0.1f);
    assertThat(read(typed(0x0E, 1, b -> b.putDouble(0.1))).data()).containsExactly(0.1f);
  }

  private static byte[] typed(int type, int count, java.util.function.Consumer<ByteBuffer> body) {
    ByteBuffer out = ByteBuffer.allocate(64);
    out.put(new byte[] {0, 0, (byte) type, 1}).putInt(count);
    body.accept(out);
    return Arrays.copyOf(out.array(), out.position());
  }

  @Test
  void whatIsNotIdxIsRefusedAtItsFirstByte() {
    assertThatThrownBy(() -> read("PNG, perhaps".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith("a-idx, byte 0: not an IDX file: it begins with 50 4E 47 2C");
    assertThatThrownBy(() -> read(new byte[] {0, 0})).hasMessageContaining("byte 2");
    assertThatThrownBy(() -> read(new byte[] {0, 0, 8, 9})).hasMessageContaining("rank");
    assertThatThrownBy(() -> read(new byte[] {0, 0, 7, 1, 0, 0, 0, 1, 1}))
        .hasMessageContaining("byte 2: unknown IDX type 07");
    assertThatThrownBy(
            () -> Idx.read(Bytes.named("a.gz", new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 1})))
        .hasMessageContaining("a.gz: not a gzip file");
  }

  @Test
  void aHeaderThatPromisesTooMuchIsRefusedBeforeAnythingIsAllocated() {
    assertThatThrownBy(() -> read(Bytes.idx(new int[] {70_000, 28, 28}, 1, 2)))
        .hasMessageContaining("[70000, 28, 28] calls for more numbers than the file can hold");
    int most = Integer.MAX_VALUE;
    assertThatThrownBy(() -> read(Bytes.idx(new int[] {most, most, most, most}, 1)))
        .hasMessageContaining("more numbers than the file can hold");
    assertThatThrownBy(() -> read(Bytes.idx(new int[] {2, 0})))
        .hasMessageContaining("byte 8: extent 0");
    assertThatThrownBy(() -> read(Bytes.idx(new int[] {-1, 2}))).hasMessageContaining("extent -1");
  }

  @Test
  void aFileCutShortOrTooLongIsRefused() throws IOException {
    assertThatThrownBy(() -> read(Bytes.idx(new int[] {3}, 1, 2, 3, 4)))
        .hasMessageContaining("more bytes than its header's shape [3]");
    byte[] packed = Bytes.gzip(Bytes.idx(new int[] {9}, 1, 2, 3, 4));
    assertThatThrownBy(() -> Idx.read(Bytes.named("a.gz", packed)))
        .hasMessageContaining("a.gz, byte 12: ends before the last of the numbers");
    byte[] cut = Arrays.copyOf(packed, packed.length - 10);
    assertThatThrownBy(() -> Idx.read(Bytes.named("a.gz", cut)))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("a.gz");
  }

  @Test
  void labelsAndImagesAreNotMistakenForEachOther() throws IOException {
    Idx labels = read(Bytes.idx(new int[] {2}, 1, 2));
    assertThatThrownBy(() -> labels.examples("f")).hasMessageContaining("as in a file of labels");
    Idx rows = read(Bytes.idx(new int[] {1, 2}, 1, 2));
    assertThatThrownBy(() -> rows.labels("f")).hasMessageContaining("the shape is [1, 2]");
    assertThat(rows.examples("f").item().dims()).containsExactly(2);
    Idx halves = read(typed(0x0D, 1, b -> b.putFloat(0.5f)));
    assertThatThrownBy(() -> halves.labels("f")).hasMessageContaining("f, example 0: 0.5");
  }
}
