package dev.assay.plugins.transformer.bert;

import dev.assay.nn.Dropout;
import dev.assay.nn.decoding.TokenChoice;
import dev.assay.spi.Block;
import dev.assay.spi.SampleRequest;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sequences by Gibbs sampling: all tokens hidden at first, then each drawn given the others, in a
 * random order at each sweep. Wang and Cho 2019, §3.
 */
final class GibbsChains implements AutoCloseable {
  private static final int ROWS = 32;
  private static final int NONE = -1;

  private final Program program;
  private final int block;
  private final int mask;
  private final int start;
  private final int choices;

  GibbsChains(Backend backend, MaskedHead head, int block, int start) {
    this.block = block;
    this.start = start;
    mask = head.encoder().mask();
    choices = head.choices();
    Tensor vectors =
        head.encoder()
            .apply(
                Tensor.input("tokens", DType.I32, Shape.of(ROWS, block)),
                Tensor.input("lengths", DType.I32, Shape.of(ROWS)),
                Dropout.none());
    Tensor logits = head.logits(vectors, Tensor.input("places", DType.I32, Shape.of(ROWS)));
    program = backend.compile(Graph.builder().output("logits", logits).build());
  }

  /** Tokens of each sample. */
  List<int[]> draw(SampleRequest request, BertSampler sampler) {
    if (sampler.length() >= block) {
      throw new IllegalArgumentException(
          "'length' is "
              + sampler.length()
              + ", but the model reads at most "
              + (block - 1)
              + " tokens after the start");
    }
    List<int[]> all = new ArrayList<>();
    for (Block rows : Block.of(request.count(), request.first(), ROWS)) {
      List<RandomStream> streams = new ArrayList<>();
      for (int i = 0; i < rows.count(); i++) {
        streams.add(request.stream(rows.from() + i));
      }
      all.addAll(chains(rows.row(), streams, sampler));
    }
    return all;
  }

  /** One chain for each stream, in the rows from {@code first} on. */
  private List<int[]> chains(int first, List<RandomStream> streams, BertSampler sampler) {
    int length = sampler.length();
    TokenChoice choice = sampler.choice();
    int[] tokens = new int[ROWS * block];
    Arrays.fill(tokens, NONE);
    int[] places = new int[ROWS];
    float[] logits = new float[ROWS * choices];
    int[] lengths = new int[ROWS];
    Arrays.fill(lengths, length + 1);
    program.set("lengths", lengths);
    for (int i = 0; i < streams.size(); i++) {
      int from = (first + i) * block;
      tokens[from] = start;
      Arrays.fill(tokens, from + 1, from + 1 + length, mask);
    }
    for (int sweep = 0; sweep < sampler.sweeps(); sweep++) {
      List<int[]> orders = streams.stream().map(stream -> stream.permutation(length)).toList();
      for (int step = 0; step < length; step++) {
        for (int i = 0; i < streams.size(); i++) {
          places[first + i] = (first + i) * block + 1 + orders.get(i)[step];
          tokens[places[first + i]] = mask;
        }
        program.set("tokens", tokens);
        program.set("places", places);
        program.run();
        program.get("logits", logits);
        for (int i = 0; i < streams.size(); i++) {
          int row = first + i;
          tokens[places[row]] =
              choice.choose(logits, row * choices, choices, tokens, 0, streams.get(i));
        }
      }
    }
    List<int[]> drawn = new ArrayList<>();
    for (int i = 0; i < streams.size(); i++) {
      int from = (first + i) * block + 1;
      drawn.add(Arrays.copyOfRange(tokens, from, from + length));
    }
    return drawn;
  }

  @Override
  public void close() {
    program.close();
  }
}
