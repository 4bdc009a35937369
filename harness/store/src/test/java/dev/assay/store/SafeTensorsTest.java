package dev.assay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.store.NamedArrays.Array;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SafeTensorsTest {
  @TempDir Path folder;

  @Test
  void readsWhatItWroteBitForBit() throws Exception {
    float[] floats = new float[40_000];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Float.intBitsToFloat(i * 123_457);
    }
    Map<String, Array> arrays = new LinkedHashMap<>();
    arrays.put("w", new Array.F32(new int[] {200, 200}, floats));
    arrays.put("d", new Array.F64(new int[0], new double[] {Math.nextUp(1.0)}));
    arrays.put("i", new Array.I32(new int[] {2}, new int[] {Integer.MIN_VALUE, 7}));
    arrays.put("l", new Array.I64(new int[] {0, 3}, new long[0]));
    Path file = folder.resolve("a.safetensors");
    SafeTensors.write(file, new NamedArrays(arrays, Map.of("who", "me")));

    NamedArrays read = SafeTensors.read(file);
    assertThat(read.arrays().keySet()).containsExactly("w", "d", "i", "l");
    assertThat(((Array.F32) array(read, "w")).values()).isEqualTo(floats);
    assertThat(array(read, "w").shape()).containsExactly(200, 200);
    assertThat(((Array.F64) array(read, "d")).values()).containsExactly(Math.nextUp(1.0));
    assertThat(((Array.I32) array(read, "i")).values()).containsExactly(Integer.MIN_VALUE, 7);
    assertThat(((Array.I64) array(read, "l")).values()).isEmpty();
    assertThat(read.metadata()).containsEntry("who", "me");
  }

  @Test
  void readsTheBytesThatTheFormatPrescribes() throws Exception {
    byte[] numbers = {0, 0, (byte) 0x80, 0x3F, 0, 0, 0, (byte) 0xC0};
    Path file = file("{\"a\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}", numbers);
    assertThat(((Array.F32) array(SafeTensors.read(file), "a")).values()).containsExactly(1f, -2f);
  }

  @Test
  void aChangedNumberIsNoticed() throws Exception {
    Path file = folder.resolve("a.safetensors");
    SafeTensors.write(
        file,
        new NamedArrays(Map.of("a", new Array.F32(new int[] {2}, new float[] {1, 2})), Map.of()));
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> SafeTensors.read(file))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining("SHA-256");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "[]",
        "{\"a\":1}",
        "{\"a\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[65536,65536,65536],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[536870912],\"data_offsets\":[0,2147483648]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}",
        "{\"__metadata__\":{\"n\":3},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
      })
  void aHeaderThatDoesNotFitItsFileIsRefused(String header) throws Exception {
    Path file = file(header, new byte[8]);
    assertThatThrownBy(() -> SafeTensors.read(file))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageStartingWith(file + " is damaged: ");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, 1L << 40, Long.MAX_VALUE})
  void aHeaderLengthThatCannotBeIsRefused(long length) throws Exception {
    Path file = folder.resolve("b.safetensors");
    Files.write(
        file, ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());
    assertThatThrownBy(() -> SafeTensors.read(file)).isInstanceOf(DamagedFileException.class);
  }

  @Test
  void anEmptyFileIsRefused() throws Exception {
    Path file = Files.createFile(folder.resolve("c.safetensors"));
    assertThatThrownBy(() -> SafeTensors.read(file)).isInstanceOf(DamagedFileException.class);
  }

  private Path file(String header, byte[] numbers) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).array());
    out.write(text);
    out.write(numbers);
    Path file = folder.resolve("made.safetensors");
    Files.write(file, out.toByteArray());
    return file;
  }

  private static Array array(NamedArrays arrays, String name) {
    Array array = arrays.arrays().get(name);
    assertThat(array).as(name).isNotNull();
    return array;
  }
}
