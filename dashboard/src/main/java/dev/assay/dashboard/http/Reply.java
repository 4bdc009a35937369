package dev.assay.dashboard.http;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * An answer, ready to be sent many times. Kept compressed alone where that gains something: nearly
 * every client takes it so.
 *
 * @param content the body, compressed if {@code packed}
 * @param etag weak, from the body
 * @param headers further ones
 */
public record Reply(
    int status,
    String mediaType,
    Buffer content,
    boolean packed,
    String etag,
    Map<String, String> headers) {
  /** Below this a compressed body is hardly smaller than one packet. */
  private static final int WORTH_COMPRESSING = 1024;

  public static Reply of(String mediaType, byte[] body) {
    return of(200, mediaType, body, Map.of());
  }

  public static Reply text(String mediaType, String body) {
    return of(mediaType, body.getBytes(StandardCharsets.UTF_8));
  }

  public static Reply json(Object value) {
    return of("application/json", Json.bytes(value));
  }

  public static Reply of(int status, String mediaType, byte[] body, Map<String, String> headers) {
    boolean packed = body.length >= WORTH_COMPRESSING && compressible(mediaType);
    byte[] content = packed ? compress(body) : body;
    String etag = "W/\"" + digest(body) + "\"";
    return new Reply(status, mediaType, Buffer.buffer(content), packed, etag, headers);
  }

  /** Memory it takes, about. */
  long bytes() {
    return 200L + content.length();
  }

  /** As it is without compression. */
  public byte[] body() {
    if (!packed) {
      return content.getBytes();
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(content.getBytes()))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

  private static boolean compressible(String mediaType) {
    return mediaType.startsWith("text/")
        || mediaType.contains("json")
        || mediaType.contains("yaml")
        || mediaType.contains("svg");
  }

  private static byte[] compress(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 4);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return out.toByteArray();
  }

  private static String digest(byte[] body) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
      return HexFormat.of().formatHex(hash, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
