package dev.assay.data.prepare;

import dev.assay.spi.Batch;
import dev.assay.spi.Values;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** SHA-256 over examples. */
final class ContentHash {
  private final MessageDigest digest;

  private ContentHash(MessageDigest digest) {
    this.digest = digest;
  }

  /** Of all parts in this order, hexadecimal. */
  static String of(Batch train, Optional<Batch> valid, Batch test) {
    try {
      ContentHash hash = new ContentHash(MessageDigest.getInstance("SHA-256"));
      hash.add(train);
      valid.ifPresent(hash::add);
      hash.add(test);
      return HexFormat.of().formatHex(hash.digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private void add(Batch batch) {
    add(batch.x());
    add(batch.condition());
  }

  private void add(Values values) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(values.count()).flip());
    switch (values) {
      case Values.Dense dense -> {
        ByteBuffer row = ByteBuffer.allocate(dense.width() * Float.BYTES);
        for (int i = 0; i < dense.count(); i++) {
          row.clear();
          row.asFloatBuffer().put(dense.data(), i * dense.width(), dense.width());
          digest.update(row);
        }
      }
      case Values.Labels labels -> {
        ByteBuffer all = ByteBuffer.allocate(labels.count() * Integer.BYTES);
        all.asIntBuffer().put(labels.labels());
        digest.update(all);
      }
      case Values.Texts texts ->
          texts
              .texts()
              .forEach(text -> {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
                digest.update(bytes);
              });
      case Values.Nothing nothing -> {}
    }
  }
}
