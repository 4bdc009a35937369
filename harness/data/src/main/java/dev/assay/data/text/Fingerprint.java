package dev.assay.data.text;

import dev.assay.data.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** SHA-256 over parts, each preceded by its length. */
final class Fingerprint {
  private Fingerprint() {}

  static String of(List<String> parts) {
    MessageDigest digest = Sha256.digest();
    parts.forEach(part -> add(digest, part));
    return Sha256.hex(digest);
  }

  private static void add(MessageDigest digest, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }
}
