package dev.assay.data.prepare;

import dev.assay.data.Sha256;
import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Modality;
import dev.assay.spi.PreparedData;
import dev.assay.spi.Values;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** SHA-256 over examples. Each array goes in after its length, numbers with the big end first. */
final class ContentHash {
  private static final int CHUNK = 1 << 16;
  private static final int BYTE_LEVELS = 256;

  private final MessageDigest digest = Sha256.digest();
  private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
  private final boolean bytes;

  private ContentHash(DataSpec.Conditional spec) {
    bytes = spec.x() instanceof Modality.Image image && image.levels() <= BYTE_LEVELS;
  }

  /** Of some examples alone. */
  static String of(DataSpec.Conditional spec, Batch batch) {
    ContentHash hash = new ContentHash(spec);
    hash.add(batch);
    hash.flush();
    return Sha256.hex(hash.digest);
  }

  static String of(PreparedData data) {
    ContentHash hash = new ContentHash(data.spec());
    hash.add(data.train());
    data.valid().ifPresent(hash::add);
    hash.add(data.test());
    hash.flush();
    return Sha256.hex(hash.digest);
  }

  private void add(Batch batch) {
    add(batch.x());
    add(batch.condition());
  }

  private void add(Values values) {
    switch (values) {
      case Values.Dense dense -> add(dense.data());
      case Values.Labels labels -> {
        add(labels.count());
        for (int label : labels.labels()) {
          add(label);
        }
      }
      case Values.Texts texts -> {
        add(texts.count());
        texts.texts().forEach(this::add);
      }
      case Values.Nothing nothing -> add(nothing.count());
    }
  }

  private void add(float[] numbers) {
    add(numbers.length);
    for (float number : numbers) {
      if (bytes) {
        room(Byte.BYTES).put((byte) (int) number);
      } else {
        room(Float.BYTES).putFloat(number);
      }
    }
  }

  private void add(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    add(utf8.length);
    flush();
    digest.update(utf8);
  }

  private void add(int number) {
    room(Integer.BYTES).putInt(number);
  }

  private ByteBuffer room(int count) {
    if (buffer.remaining() < count) {
      flush();
    }
    return buffer;
  }

  private void flush() {
    digest.update(buffer.flip());
    buffer.clear();
  }
}
