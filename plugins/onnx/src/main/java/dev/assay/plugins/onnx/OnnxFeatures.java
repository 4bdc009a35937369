package dev.assay.plugins.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.assay.spi.FeatureExtractor;
import dev.assay.spi.Features;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.Shape;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** A frozen ONNX network, run on the processor by one thread, so that no bit depends on threads. */
final class OnnxFeatures implements FeatureExtractor {
  private static final int BATCH = 32;
  private static final int DIGITS = 12;

  private final Modality.Image image;
  private final OnnxSettings settings;
  private final Pictures pictures;
  private final OrtSession session;
  private final String input;
  private final String signature;

  /**
   * Opens a network.
   *
   * @throws IOException if the file is missing, is no network, or has no such output
   */
  OnnxFeatures(OnnxSettings settings, Modality.Image image) throws IOException {
    this.image = image;
    this.settings = settings;
    pictures = new Pictures(image, settings);
    byte[] network;
    try {
      network = Files.readAllBytes(settings.file());
    } catch (NoSuchFileException e) {
      throw new IOException("there is no network " + settings.file(), e);
    }
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session =
          RoomyThread.call(() -> OrtEnvironment.getEnvironment().createSession(network, options));
    } catch (OrtException e) {
      throw new IOException(settings.file() + " is no network: " + e.getMessage(), e);
    }
    input = session.getInputNames().iterator().next();
    require(settings.output());
    if (settings.logits().isPresent()) {
      require(settings.logits().get());
    }
    String hash = hash(network);
    signature = "onnx@" + hash + "/" + hash(settings.canonical().getBytes(StandardCharsets.UTF_8));
  }

  private void require(String output) throws IOException {
    if (!session.getOutputNames().contains(output)) {
      throw new IOException(
          "%s has no output '%s'; it has: %s"
              .formatted(settings.file(), output, String.join(", ", session.getOutputNames())));
    }
  }

  private static String hash(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String signature() {
    return signature;
  }

  @Override
  public synchronized Features features(Values.Dense values) {
    if (values.width() != image.size()) {
      throw new IllegalArgumentException(
          "values of shape " + values.item() + " are no images like " + image);
    }
    Rows pooled = new Rows(values.count());
    Rows logits = new Rows(values.count());
    for (int from = 0; from < values.count(); from += BATCH) {
      run(values, from, Math.min(BATCH, values.count() - from), pooled, logits);
    }
    return new Features(
        pooled.values(), Optional.empty(), settings.logits().map(_ -> logits.values()));
  }

  private void run(Values.Dense values, int from, int count, Rows pooled, Rows logits) {
    int size = settings.channels() * settings.height() * settings.width();
    float[] pixels = new float[count * size];
    for (int i = 0; i < count; i++) {
      pictures.write(values, from + i, pixels, i * size);
    }
    long[] shape =
        settings.channelsFirst()
            ? new long[] {count, settings.channels(), settings.height(), settings.width()}
            : new long[] {count, settings.height(), settings.width(), settings.channels()};
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(pixels), shape);
        OrtSession.Result result =
            RoomyThread.call(() -> session.run(Map.<String, OnnxTensorLike>of(input, tensor)))) {
      pooled.put(from, count, numbers(result, settings.output(), count));
      if (settings.logits().isPresent()) {
        logits.put(from, count, numbers(result, settings.logits().get(), count));
      }
    } catch (OrtException e) {
      throw new IllegalStateException(
          settings.file()
              + " fails on images of shape "
              + Arrays.toString(shape)
              + ": "
              + e.getMessage(),
          e);
    }
  }

  /** An output's numbers, those of one image after those of the other. */
  private FloatBuffer numbers(OrtSession.Result result, String output, int images) {
    OnnxValue value = result.get(output).orElseThrow();
    FloatBuffer numbers = value instanceof OnnxTensor tensor ? tensor.getFloatBuffer() : null;
    if (numbers == null) {
      throw new IllegalStateException(
          "output '" + output + "' of " + settings.file() + " holds no 32-bit numbers");
    }
    long[] shape = ((OnnxTensor) value).getInfo().getShape();
    if (shape.length == 0 || shape[0] != images) {
      throw new IllegalStateException(
          "output '%s' of %s has the shape %s for %d images, whose number must come first"
              .formatted(output, settings.file(), Arrays.toString(shape), images));
    }
    return numbers;
  }

  /** Rows of one output, of a width that the first batch tells. */
  private static final class Rows {
    private final int count;
    private float[] data = {};

    Rows(int count) {
      this.count = count;
    }

    void put(int from, int rows, FloatBuffer numbers) {
      int width = numbers.remaining() / rows;
      if (data.length == 0) {
        data = new float[count * width];
      }
      numbers.get(data, from * width, rows * width);
    }

    Values.Dense values() {
      return new Values.Dense(Shape.of(count == 0 ? 1 : data.length / count), data);
    }
  }

  @Override
  public synchronized void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
