package dev.assay.bench.jmh;

import dev.assay.bench.data.SyntheticData;
import dev.assay.data.text.Tokenizers;
import dev.assay.spi.Tokenizer;
import dev.assay.spi.TokenizerSpec;
import dev.assay.spi.TokenizerSpec.Scheme;
import dev.assay.spi.TokenizerSpec.Side;
import dev.assay.tensor.RandomStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Cutting a text of 300,000 characters, which are made on the spot, by a tokenizer that knows it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class TokenizerBenchmark {
  private static final int CHARACTERS = 300_000;
  private static final int LETTERS = 27;
  private static final int VOCABULARY = 256 + 512;

  /** Which scheme. */
  @Param("BYTE")
  public Scheme name;

  private String text;
  private Tokenizer tokenizer;

  /** Makes the text and learns it. */
  @Setup
  public void learn() {
    int[] letters = SyntheticData.text(CHARACTERS, LETTERS, RandomStream.root(1337));
    StringBuilder words = new StringBuilder(CHARACTERS);
    for (int letter : letters) {
      words.append(letter == 0 ? ' ' : (char) ('a' + letter - 1));
    }
    text = words.toString();
    TokenizerSpec spec = new TokenizerSpec(name, Side.X, VOCABULARY, 2);
    tokenizer = Tokenizers.create(spec, List.of(text));
  }

  /** Cuts the text. */
  @Benchmark
  public int[] encode() {
    return tokenizer.encode(text);
  }
}
