package dev.assay.metrics.features;

import dev.assay.nn.ParameterStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The weights of a network as bytes: 32-bit floats, the small end first, one parameter after the
 * other in order of creation. The network's own shapes say where each begins.
 */
final class Weights {
  private static final int DIGITS = 12;

  private Weights() {}

  static byte[] bytes(ParameterStore store) {
    ByteBuffer bytes = ByteBuffer.allocate(size(store)).order(ByteOrder.LITTLE_ENDIAN);
    store.forEach((name, variable) -> {
      float[] values = new float[variable.shape().size()];
      variable.read(values);
      bytes.asFloatBuffer().put(values);
      bytes.position(bytes.position() + values.length * Float.BYTES);
    });
    return bytes.array();
  }

  /**
   * Sets all weights.
   *
   * @return whether the bytes are as many as this network has
   */
  static boolean restore(ParameterStore store, byte[] content) {
    if (content.length != size(store)) {
      return false;
    }
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    store.forEach((name, variable) -> {
      float[] values = new float[variable.shape().size()];
      bytes.asFloatBuffer().get(values);
      bytes.position(bytes.position() + values.length * Float.BYTES);
      variable.write(values);
    });
    return true;
  }

  /** The first digits of the SHA-256 of the weights. */
  static String hash(ParameterStore store) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes(store));
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static int size(ParameterStore store) {
    return Math.toIntExact(store.count() * Float.BYTES);
  }
}
