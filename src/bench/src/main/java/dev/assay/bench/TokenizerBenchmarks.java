package dev.assay.bench;

import dev.assay.data.text.Tokenizers;
import dev.assay.spi.Tokenizer;
import dev.assay.spi.TokenizerSpec;
import dev.assay.spi.TokenizerSpec.Scheme;
import dev.assay.spi.TokenizerSpec.Side;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Times how fast each tokenizer learns a text file, and then cuts it, on one thread. */
final class TokenizerBenchmarks {
  /** The 256 bytes and 4,096 merges. */
  private static final int VOCABULARY = 256 + 4096;

  private static final double NANOS = 1e9;
  private static final double MEGA = 1e6;

  private final Request request;
  private final String text;

  /**
   * @param request whose only name is a text file
   * @throws IllegalArgumentException if there is no such file
   */
  TokenizerBenchmarks(Request request) throws IOException {
    this.request = request;
    if (request.names().size() != 1) {
      throw new IllegalArgumentException(
          "tokenizers are measured on one text file, such as wiki.train.tokens; got "
              + request.names());
    }
    try {
      text = Files.readString(Path.of(request.names().getFirst()));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("there is no file " + e.getMessage(), e);
    }
  }

  void run() {
    long bytes = text.getBytes(StandardCharsets.UTF_8).length;
    for (Scheme scheme : Scheme.values()) {
      TokenizerSpec spec = new TokenizerSpec(scheme, Side.X, VOCABULARY, 2);
      long start = System.nanoTime();
      Tokenizer tokenizer = Tokenizers.create(spec, List.of(text));
      double training = (System.nanoTime() - start) / NANOS;
      int tokens = tokenizer.encode(text).length;
      double[] seconds = new double[request.blocks()];
      for (int i = 0; i < seconds.length; i++) {
        start = System.nanoTime();
        tokenizer.encode(text);
        seconds[i] = (System.nanoTime() - start) / NANOS;
      }
      Arrays.sort(seconds);
      System.out.printf(
          Locale.ROOT,
          "%-10s learns %d tokens in %.2f s, cuts %.1f MB/s into %.3f bytes a token%n",
          tokenizer.kind(),
          tokenizer.size(),
          training,
          bytes / MEGA / seconds[seconds.length / 2],
          (double) bytes / tokens);
    }
  }
}
